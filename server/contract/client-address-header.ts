/** The request header in which our own server tells the client's address; what a client sends under this name is dropped. */
export const clientAddressHeader = 'x-ttc-client-address'
