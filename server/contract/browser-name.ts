// The first that fits: most browsers also name those that they are like.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgi?A?(?:OS)?\//, 'Edge'], [/\bOPR\/|\bOPiOS\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'], [/\bSafari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bCrOS\b/, 'Chromebook'], [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'Mac'], [/\bLinux\b/, 'Linux'],
]

/** A browser in plain words, by what it says of itself: `Firefox on Windows`. */
export function browserName(userAgent: string): string {
  const first = (list: readonly (readonly [RegExp, string])[]): string | undefined => list.find(([form]) => form.test(userAgent))?.[1]
  const [browser, system] = [first(browsers), first(systems)]
  if (browser === undefined) return system === undefined ? 'An unknown browser' : `A browser on ${system}`
  return system === undefined ? browser : `${browser} on ${system}`
}
