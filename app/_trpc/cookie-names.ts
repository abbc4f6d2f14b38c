/** The name of a cookie that over TLS no neighbouring host can plant (S16): a browser takes it from this host alone, for all of it. */
export const ofThisHost = (name: string, isSecure: boolean): string => (isSecure ? `__Host-${name}` : name)
