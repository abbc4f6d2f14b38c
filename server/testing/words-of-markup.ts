/** All that arrives, as text: markup taken away, line breaks and runs of space made one space. */
export function wordsOfMarkup(html: string): string {
  return html
    .replace(/<(?:style|title)>.*?<\/(?:style|title)>|<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#x27;', '\'').replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}
