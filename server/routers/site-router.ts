import { dayOf } from '../contract/court-time.ts'
import { senderParts } from '../contract/sender-parts.ts'
import { isOpen, opensAt } from '../domain/hours/service-hours.ts'
import { listAnnounced, listOutages } from '../domain/outages/list-outages.ts'
import { anyone, router } from '../trpc.ts'

// Of outages that are over.
const listedPast = 50

export const siteRouter = router({
  /** What every page's frame and the search form say. */
  frame: anyone.query(({ ctx }) => {
    const { profile } = ctx.site
    const { now } = ctx.reading()
    const { name, email, phone, hours } = profile.helpDesk
    return {
      serviceName: profile.serviceName,
      state: profile.state,
      legalAuthority: profile.legalAuthority,
      helpDesk: { name, email, phone, hours },
      // As the mail has it, whatever the profile says (J2).
      sender: senderParts(ctx.site.sender),
      timeZone: profile.timeZone,
      now,
      today: dayOf(now, profile.timeZone),
      isMailboxOpen: ctx.isMailboxOpen,
      serviceHours: profile.serviceHours,
      /** Null while the service is open (I4). */
      opensAt: isOpen(now, profile) ? null : opensAt(now, profile),
      whoMayTrack: profile.policy.whoMayTrack,
      courts: profile.courts.map(({ code, shortName, circuit }) => ({ code, shortName, circuit })),
      circuits: profile.circuits.map(({ code, name: circuitName }) => ({ code, name: circuitName })),
      counties: [...new Set(profile.courts.flatMap((court) => court.counties))].sort((a, b) => a.localeCompare(b)),
      caseTypes: profile.caseTypes.map(({ code, name: typeName }) => ({ code, name: typeName })),
    }
  }),

  /** What the help tells that differs from court to court (J1). */
  rules: anyone.query(({ ctx: { site: { profile, texts } } }) => ({
    leadDays: profile.leadDays,
    digest: { hour: profile.digest.hour, days: profile.digest.days },
    sendingHours: profile.sendingHours,
    policy: {
      noticeDetail: profile.policy.noticeDetail,
      schedulingChanges: profile.policy.schedulingChanges,
    },
    /** Null where the court sends none (I3). */
    texts: profile.policy.texts === 'off' ? null : { sender: profile.textSender.name, ...texts },
  })),

  /** What every page says of outages, from their announcement until they end (I6). */
  announcements: anyone.query(({ ctx }) => listAnnounced(ctx.reading())),

  /** The log of outages (I6). */
  outages: anyone.query(({ ctx }) => listOutages(ctx.reading(), listedPast)),
})
