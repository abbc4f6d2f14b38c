/** The values of an address's query as Next gives them. */
export type Query = Readonly<Record<string, string | string[] | undefined>>

/** One value of the query, trimmed and without control characters, which no page may hold (H3); the first where the name repeats, empty where it is missing. */
export function queryValue(query: Query, name: string): string {
  const value = query[name]
  return ((Array.isArray(value) ? value[0] : value) ?? '').replace(/\p{Cc}/gu, ' ').trim()
}

/** A page number of the query, 9999 at most; 1 for all that is not one. */
export function queryPage(query: Query): number {
  const value = queryValue(query, 'page')
  return /^[1-9]\d{0,3}$/.test(value) ? Number(value) : 1
}

/** The address with those values set in its query and the empty ones left out. */
export function withQuery(address: string, values: Readonly<Record<string, string | undefined>>): string {
  const [path = '', search = ''] = address.split('?', 2)
  const query = new URLSearchParams(search)
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === '') query.delete(name)
    else query.set(name, value)
  }
  return query.size === 0 ? path : `${path}?${query}`
}
