import type { Dice } from './dice.ts'

// Put together by chance: whoever bears such a name has nothing to do with it.

const firstNames = [
  'Abigail', 'Adaeze', 'Agnieszka', 'Aiko', 'Alejandro', 'Amara', 'Amir', 'Anastasia', 'André', 'Anjali', 'Anneliese', 'Antoine', 'Arturo',
  'Ashlynn',
  'Beatriz', 'Benedict', 'Björn', 'Bridget', 'Callum', 'Candace', 'Carmen', 'Cedric', 'Chidi', 'Chloé', 'Clarence', 'Corinne', 'Cyrus',
  'Dakota',
  'Darnell', 'Deepika', 'Delphine', 'Desmond', 'Dimitri', 'Dolores', 'Dwayne', 'Edith', 'Efraín', 'Elif', 'Elodie', 'Emeka', 'Emmett',
  'Esperanza',
  'Ezekiel', 'Farah', 'Fatima', 'Felicity', 'Fernando', 'Frida', 'Gareth', 'Geneva', 'Giovanni', 'Gloria', 'Guadalupe', 'Hana', 'Harlan',
  'Hector',
  'Hussein', 'Ignacio', 'Imani', 'Ingrid', 'Iris', 'Ivan', 'Jamal', 'Jasmine', 'Jerome', 'Joaquín', 'Josephine', 'Juniper', 'Kareem',
  'Katarzyna',
  'Keisha', 'Khadija', 'Kofi', 'Lakshmi', 'Lamar', 'Leilani', 'Leopold', 'Linh', 'Lorenzo', 'Lucía', 'Magdalena', 'Malik', 'Marcella',
  'Matteo',
  'Maxine', 'Mei', 'Mireille', 'Moses', 'Nadia', 'Naveen', 'Nettie', 'Nia', 'Nikolai', 'Noemí', 'Octavia', 'Olamide', 'Orville', 'Paloma',
  'Percy',
  'Petra', 'Priya', 'Quentin', 'Ramón', 'Renée', 'Rhiannon', 'Roland', 'Rosalind', 'Samir', 'Saoirse', 'Selma', 'Siobhán', 'Solveig',
  'Stellan',
  'Sunita', 'Tamika', 'Tariq', 'Thaddeus', 'Tiên', 'Tobias', 'Ursula', 'Valentina', 'Vernon', 'Wanda', 'Wilhelmina', 'Xiomara', 'Yusuf',
  'Zofia',
]

const lastNames = [
  'Abernathy', 'Achterberg', 'Adeyemi', 'Ahlgren', 'Arceneaux', 'Ashworth', 'Baptiste', 'Bartoszek', 'Beauchamp', 'Bellweather',
  'Björkman', 'Blackthorn',
  'Boateng', 'Bracewell', 'Brandvold', 'Bustamante', 'Cantrell', 'Castañeda', 'Chaudhary', 'Chukwu', 'Cisneros', 'Coldwell', 'Crisostomo',
  'Dąbrowski',
  'Dalrymple', 'Danvers-Okoye', 'Delacroix', 'Desrosiers', 'Dillingham', 'Dragović', 'Eberhardt', 'Echeverría', 'Ekström', 'Escamilla',
  'Fairbairn',
  'Farouk', 'Fennimore', 'Fitzwilliam', 'Fontenot', 'Fujimoto', 'Galbraith', 'Gbadamosi', 'Goldfarb', 'Grünewald', 'Guerrero',
  'Gunnarsson', 'Hallbrook',
  'Haverford', 'Heidenreich', 'Hightower', 'Hollingsworth', 'Huckaby', 'Ibáñez', 'Ignatius', 'Iyer', 'Jankowski', 'Jessup', 'Kalinowska',
  'Kapoor',
  'Kettering', 'Kimbrough', 'Kowalczyk', 'Kuznetsova', 'Lachance', 'Larkspur', 'Lindqvist', 'Lockhart', 'Lundgren', 'Macallister',
  'Mahoney', 'Makarewicz',
  'Marchetti', 'Mbeki', 'McCrae', 'Mendiola', 'Merriweather', 'Montemayor', 'Mukherjee', 'Muñoz', 'Nakagawa', 'Ndiaye', 'Nguyễn',
  'Nightingale', 'Nordstrand',
  'O’Shaughnessy', 'Oduya', 'Okafor', 'Oleson', 'Ortega', 'Ostrander', 'Øverland', 'Palmieri', 'Pemberton', 'Petrosyan', 'Pfeiffer',
  'Pickering', 'Quigley',
  'Quiñones', 'Radcliffe', 'Rahimi', 'Ravenscroft', 'Rodríguez', 'Rosenthal', 'Sandoval', 'Satterfield', 'Schröder', 'Sepúlveda',
  'Shimizu', 'Silverstone',
  'Sokolov', 'St. Clair', 'Stavros', 'Strickland', 'Szymańska', 'Takahashi', 'Tennyson', 'Thibodeaux', 'Thornbury', 'Tran', 'Treviño',
  'Udoh', 'Underhill',
  'Valdez', 'Van Houten', 'Vasquez-Pruitt', 'Villanueva', 'Vogelsang', 'Wadsworth', 'Wainwright', 'Weatherby', 'Whitcombe',
  'Wojciechowski', 'Yamashita',
  'Yarborough', 'Yilmaz', 'Zapata', 'Zielińska', 'Zimmerman',
]

const places = [
  'Bluestem', 'Cottonwood Bend', 'Dogwood', 'Elkhorn Ridge', 'Four Oaks', 'Gasconade Valley', 'Heron Lake', 'Ironwood', 'Juniper Creek',
  'Kettle Creek',
  'Limestone', 'Meramec Hills', 'Northgate', 'Ozark Crest', 'Prairie Fork', 'Quail Run', 'Redbud', 'Sycamore Grove', 'Twin Rivers',
  'Walnut Hollow',
]
const trades = [
  'Apartments, L.P.', 'Auto Body, Inc.', 'Bank & Trust', 'Community Credit Union', 'Concrete & Paving, LLC', 'Dental Associates, P.C.',
  'Feed & Seed Co.',
  'Finance, LLC', 'Heating & Cooling, Inc.', 'Homeowners Association', 'Hospital District', 'Insurance Exchange', 'Logistics, Inc.',
  'Medical Group, P.C.',
  'Property Management, LLC', 'Roofing & Sons, LLC', 'School District', 'Storage “A–Z”, LLC', 'Utilities Cooperative',
  'Veterinary Clinic, LLC',
]

const nameStarts = [
  'Aber', 'Alden', 'Amber', 'Arling', 'Ash', 'Bar', 'Beck', 'Bel', 'Berg', 'Birch', 'Black', 'Bold', 'Brad', 'Brom', 'Burn', 'Cald', 'Carl', 'Chad', 'Clay', 'Col',
  'Cran', 'Dan', 'Dray', 'Dun', 'East', 'Eding', 'Ell', 'Elm', 'Fair', 'Farn', 'Fen', 'Field', 'Gar', 'Glen', 'Gold', 'Gran', 'Green', 'Had', 'Hal', 'Harl',
  'Hay', 'Hazel', 'Hol', 'Ing', 'Kel', 'Kirk', 'Lang', 'Lind', 'Mar', 'Mel', 'Mill', 'Nor', 'Oak', 'Pem', 'Quen', 'Rad', 'Red', 'Rock', 'Sal', 'Sand',
  'Shel', 'Stan', 'Stock', 'Sund', 'Thorn', 'Til', 'Under', 'Wal', 'West', 'Wind',
]
const nameEnds = [
  'acre', 'bach', 'beck', 'berg', 'borne', 'bridge', 'brook', 'burn', 'bury', 'by', 'combe', 'cote', 'cott', 'croft', 'dale', 'den', 'dorf', 'falk', 'feld', 'ford',
  'gard', 'gate', 'grave', 'grove', 'ham', 'hart', 'haven', 'hill', 'holm', 'hurst', 'inger', 'kamp', 'land', 'ley', 'lock', 'low', 'man', 'mark', 'mere', 'mond',
  'more', 'quist', 'ridge', 'rose', 'sey', 'shaw', 'side', 'smith', 'son', 'stad', 'stead', 'stein', 'stone', 'stow', 'strand', 'ton', 'vale', 'ville', 'wall', 'wick',
]

/** 4,200 more last names than a rich history draws from: so many cases share fewer of them. */
export const manyLastNames: readonly string[] = nameStarts.flatMap((start) => nameEnds.map((end) => start + end))
export const manyFirstNames: readonly string[] = firstNames

/** A name in the two orders that a record uses. */
export interface InventedName {
  /** `Ilse B. Brandt`, as captions have it. */
  readonly plain: string
  /** `Brandt, Ilse B.`, as lists of parties have it; of an organisation the same as `plain`. */
  readonly listed: string
}

export function inventPerson(dice: Dice): InventedName {
  const first = dice.pick(firstNames)
  const last = dice.pick(lastNames)
  const middle = dice.chance(0.5) ? ` ${'ABCDEFGHJKLMNPRSTVW'.charAt(dice.between(0, 18))}.` : ''
  const suffix = dice.chance(0.05) ? dice.pick([' Jr.', ' Sr.', ' III']) : ''
  return { plain: `${first}${middle} ${last}${suffix}`, listed: `${last}${suffix}, ${first}${middle}` }
}

export function inventOrganisation(dice: Dice): InventedName {
  const name = dice.chance(0.8) ? `${dice.pick(places)} ${dice.pick(trades)}` : `${dice.pick(lastNames)} & ${dice.pick(lastNames)}, LLC`
  return { plain: name, listed: name }
}

/** `R. Osterman`, as courts write a judge or a lawyer shortly. */
export const inventJudge = (dice: Dice): string => `${'ABCDEFGHJKLNPRSTVW'.charAt(dice.between(0, 17))}. ${dice.pick(lastNames)}`
