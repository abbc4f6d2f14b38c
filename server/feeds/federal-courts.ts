export interface FederalCourt {
  readonly name: string
  /** The IANA zone of the court's seat. */
  readonly timeZone: string
}

const eastern = 'America/New_York'
const central = 'America/Chicago'
const mountain = 'America/Denver'
const pacific = 'America/Los_Angeles'

/** By state or territory: its name, the zone of its courts, and its districts where there are several. */
const districts: readonly (readonly [code: string, name: string, timeZone: string, parts?: string])[] = [
  ['ak', 'Alaska', 'America/Anchorage'], ['al', 'Alabama', central, 'mns'], ['ar', 'Arkansas', central, 'ew'],
  ['az', 'Arizona', 'America/Phoenix'],
  ['ca', 'California', pacific, 'cens'], ['co', 'Colorado', mountain], ['ct', 'Connecticut', eastern], ['dc', 'Columbia', eastern],
  ['de', 'Delaware', eastern], ['fl', 'Florida', eastern, 'mns'], ['ga', 'Georgia', eastern, 'mns'], ['gu', 'Guam', 'Pacific/Guam'],
  ['hi', 'Hawaii', 'Pacific/Honolulu'], ['ia', 'Iowa', central, 'ns'], ['id', 'Idaho', 'America/Boise'], ['il', 'Illinois', central, 'cns'],
  ['in', 'Indiana', 'America/Indiana/Indianapolis', 'ns'], ['ks', 'Kansas', central], ['ky', 'Kentucky', eastern, 'ew'],
  ['la', 'Louisiana', central, 'emw'],
  ['ma', 'Massachusetts', eastern], ['md', 'Maryland', eastern], ['me', 'Maine', eastern], ['mi', 'Michigan', 'America/Detroit', 'ew'],
  ['mn', 'Minnesota', central], ['mo', 'Missouri', central, 'ew'], ['ms', 'Mississippi', central, 'ns'], ['mt', 'Montana', mountain],
  ['nc', 'North Carolina', eastern, 'emw'], ['nd', 'North Dakota', central], ['ne', 'Nebraska', central], ['nh', 'New Hampshire', eastern],
  ['nj', 'New Jersey', eastern], ['nm', 'New Mexico', mountain], ['nmi', 'the Northern Mariana Islands', 'Pacific/Saipan'],
  ['nv', 'Nevada', pacific],
  ['ny', 'New York', eastern, 'ensw'], ['oh', 'Ohio', eastern, 'ns'], ['ok', 'Oklahoma', central, 'enw'], ['or', 'Oregon', pacific],
  ['pa', 'Pennsylvania', eastern, 'emw'], ['pr', 'Puerto Rico', 'America/Puerto_Rico'], ['ri', 'Rhode Island', eastern],
  ['sc', 'South Carolina', eastern],
  ['sd', 'South Dakota', central], ['tn', 'Tennessee', central, 'emw'], ['tx', 'Texas', central, 'ensw'], ['ut', 'Utah', mountain],
  ['va', 'Virginia', eastern, 'ew'], ['vi', 'the Virgin Islands', 'America/St_Thomas'], ['vt', 'Vermont', eastern],
  ['wa', 'Washington', pacific, 'ew'],
  ['wi', 'Wisconsin', central, 'ew'], ['wv', 'West Virginia', eastern, 'ns'], ['wy', 'Wyoming', mountain],
]
const partNames: Readonly<Record<string, string>> = { c: 'Central', e: 'Eastern', m: 'Middle', n: 'Northern', s: 'Southern', w: 'Western' }
/** Districts whose seat keeps another time than their state's row says. */
const seatZones: Readonly<Record<string, string>> = { kyw: 'America/Kentucky/Louisville', tne: eastern }

const circuits: readonly (readonly [code: string, name: string, timeZone: string])[] = [
  ['ca1', 'First Circuit', eastern], ['ca2', 'Second Circuit', eastern], ['ca3', 'Third Circuit', eastern],
  ['ca4', 'Fourth Circuit', eastern],
  ['ca5', 'Fifth Circuit', central], ['ca6', 'Sixth Circuit', eastern], ['ca7', 'Seventh Circuit', central],
  ['ca8', 'Eighth Circuit', central],
  ['ca9', 'Ninth Circuit', pacific], ['ca10', 'Tenth Circuit', mountain], ['ca11', 'Eleventh Circuit', eastern],
  ['cadc', 'District of Columbia Circuit', eastern], ['cafc', 'Federal Circuit', eastern],
]

function listCourts(): Map<string, FederalCourt> {
  const courts = new Map<string, FederalCourt>()
  for (const [state, stateName, stateZone, parts] of districts) {
    for (const part of parts ?? ['']) {
      const code = `${state}${part}`
      const name = part === '' ? `District of ${stateName}` : `${partNames[part]} District of ${stateName}`
      const timeZone = seatZones[code] ?? stateZone
      courts.set(`${code}d`, { name, timeZone })
      courts.set(`${code}b`, { name: `${name} Bankruptcy Court`, timeZone })
    }
  }
  for (const [code, name, timeZone] of circuits) courts.set(code, { name: `${name} Court of Appeals`, timeZone })
  courts.set('cit', { name: 'Court of International Trade', timeZone: eastern })
  courts.set('cofc', { name: 'Court of Federal Claims', timeZone: eastern })
  courts.set('jpml', { name: 'Judicial Panel on Multidistrict Litigation', timeZone: eastern })
  return courts
}

/** The federal courts by PACER's code: all districts (`nysd`), their bankruptcy courts (`nysb`), the courts of appeals (`ca10`, `cadc`). */
export const federalCourts: ReadonlyMap<string, FederalCourt> = listCourts()
