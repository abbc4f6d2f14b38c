import type { CaseRecord, PartyRecord } from '../../contract/records.ts'
import { daysBetween } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { CaseSeat } from './case-seats.ts'
import { diceFor, type Dice } from './dice.ts'
import { kindOfType, type CaseKind } from './docket-scripts.ts'
import { inventJudge, inventOrganisation, inventPerson, type InventedName } from './invented-names.ts'

/** An invented case, and by what names its docket speaks of its people. */
export interface InventedCase {
  readonly record: CaseRecord
  readonly kind: CaseKind
  readonly first: string
  readonly second: string
  readonly lawyer: string
  readonly judge: string
}

const judgesPerCourt = 3
// Of those old enough; about a quarter of all.
const closedShare = 0.28
const daysBeforeClosing = 45

/** The case that sits there: caption, parties, judge and state. */
export function inventCase(dice: Dice, profile: CourtProfile, seat: CaseSeat, today: string): InventedCase {
  const kind = kindOfType(seat.caseType)
  const { caption, parties, first, second } = inventSides(dice, profile, kind, seat)
  const judge = inventJudge(diceFor(0, 'judge', seat.court.code, dice.between(1, judgesPerCourt)))
  const isClosed = daysBetween(seat.filedOn, today) > daysBeforeClosing && dice.chance(closedShare)
  const lawyer = parties.find((one) => one.attorney)?.attorney ?? inventJudge(dice)
  return {
    kind, first, second, lawyer, judge,
    record: {
      type: 'case', number: seat.number, court: seat.court.code, caption, caseType: seat.caseType, filedOn: seat.filedOn,
      status: isClosed ? 'closed' : 'open', security: dice.chance(0.01) ? 'confidential' : 'public', judge, parties,
    },
  }
}

interface Sides {
  readonly caption: string
  readonly parties: readonly PartyRecord[]
  readonly first: string
  readonly second: string
}

function inventSides(dice: Dice, profile: CourtProfile, kind: CaseKind, { court }: CaseSeat): Sides {
  const party = ({ listed }: InventedName, role: string, lawyerChance: number): PartyRecord =>
    dice.chance(lawyerChance) ? { name: listed, role, attorney: inventPerson(dice).plain } : { name: listed, role }
  const person = inventPerson(dice)
  const state = `State of ${profile.state}`
  switch (kind) {
    case 'criminal':
    case 'traffic': return {
      caption: `${state} v. ${person.plain}`, first: 'the State', second: person.plain,
      parties: [
        { name: state, role: 'Plaintiff', attorney: `${inventPerson(dice).plain}, Prosecuting Attorney` },
        party(person, 'Defendant', kind === 'criminal' ? 0.75 : 0.2),
      ],
    }
    case 'family':
    case 'protection': {
      const other = inventPerson(dice)
      return {
        caption: `${person.plain} v. ${other.plain}`, first: person.plain, second: other.plain,
        parties: [party(person, 'Petitioner', 0.6), party(other, 'Respondent', 0.4)],
      }
    }
    case 'probate': {
      const executor = inventPerson(dice)
      return {
        caption: `In the Estate of ${person.plain}, Deceased`, first: executor.plain, second: inventOrganisation(dice).plain,
        parties: [party(person, 'Decedent', 0), party(executor, 'Personal Representative', 0.9)],
      }
    }
    case 'appeal': {
      const other = dice.chance(0.5) ? { plain: state, listed: state } : inventOrganisation(dice)
      return {
        caption: `${person.plain}, Appellant, v. ${other.plain}, Respondent`, first: person.plain, second: other.plain,
        parties: [party(person, 'Appellant', 0.95), party(other, 'Respondent', 0.95)],
      }
    }
    case 'civil': {
      const plaintiff = inventSomebody(dice)
      const defendants = [person, ...Array.from({ length: moreDefendants(dice) }, () => inventSomebody(dice))]
      const others = defendants.length > 1 ? ', et al.' : ''
      return {
        caption: `${plaintiff.plain} v. ${person.plain}${others}`, first: plaintiff.plain, second: person.plain,
        parties: [
          party(plaintiff, court.counties.length > 0 ? 'Plaintiff' : 'Relator', 0.9),
          ...defendants.map((one) => party(one, 'Defendant', 0.4)),
        ],
      }
    }
  }
}

const inventSomebody = (dice: Dice): InventedName => (dice.chance(0.6) ? inventOrganisation(dice) : inventPerson(dice))
const moreDefendants = (dice: Dice): number => (dice.chance(0.8) ? 0 : dice.chance(0.95) ? dice.between(1, 4) : dice.between(10, 40))
