import { dayOf } from '../contract/court-time.ts'
import { senderParts } from '../contract/sender-parts.ts'
import { isOpen, opensAt } from '../domain/hours/service-hours.ts'
import { listAnnounced, listOutages } from '../domain/outages/list-outages.ts'
import { anyone, router, type Context } from '../trpc.ts'

// Of outages that are over.
const listedPast = 50

export const siteRouter = router({
  /** What every page's frame and the search form say. */
  frame: anyone.query(({ ctx }) => {
    const { profile } = ctx.site
    const { now } = ctx.reading()
    return {
      ...ofProfile(profile),
      // As the mail has it, whatever the profile says (J2).
      sender: senderParts(ctx.site.sender),
      timeZone: profile.timeZone,
      now,
      today: dayOf(now, profile.timeZone),
      isMailboxOpen: ctx.isMailboxOpen,
      serviceHours: profile.serviceHours,
      /** Null while the service is open (I4). */
      opensAt: isOpen(now, profile) ? null : opensAt(now, profile),
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

type CourtProfile = Context['site']['profile']
type ProfileFrame = ReturnType<typeof readProfile>
const framed = new WeakMap<CourtProfile, ProfileFrame>()

// Every page asks for it, and hundreds of names are sorted for it.
function ofProfile(profile: CourtProfile): ProfileFrame {
  const known = framed.get(profile) ?? readProfile(profile)
  framed.set(profile, known)
  return known
}

function readProfile({ serviceName, state, legalAuthority, helpDesk: { name, email, phone, hours }, policy, courts, circuits, caseTypes }: CourtProfile) {
  return {
    serviceName,
    state,
    legalAuthority,
    helpDesk: { name, email, phone, hours },
    whoMayTrack: policy.whoMayTrack,
    courts: courts.map(({ code, shortName, circuit }) => ({ code, shortName, circuit })),
    circuits: circuits.map(({ code, name: circuitName }) => ({ code, name: circuitName })),
    counties: [...new Set(courts.flatMap((court) => court.counties))].sort((a, b) => a.localeCompare(b)),
    caseTypes: caseTypes.map(({ code, name: typeName }) => ({ code, name: typeName })),
  }
}
