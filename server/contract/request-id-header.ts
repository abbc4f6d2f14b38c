/** The header that names a request, in our logs and in its answer; what a client sends under it counts only behind a trusted proxy. */
export const requestIdHeader = 'x-request-id'
