/** A text cut to so many characters; what was cut is on the case page. */
export const briefText = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most).toWellFormed().trimEnd()}…` : text)
