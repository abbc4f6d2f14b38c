/** The request header in which our own server names the request to its page; what a client sends under this name is dropped. */
export const pageRequestHeader = 'x-ttc-request'
