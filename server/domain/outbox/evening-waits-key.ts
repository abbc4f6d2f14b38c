/** How the dedupe keys of mail begin that tells operators of an evening that waits (I7). */
export const eveningWaitsKey = 'account/eveningWaits/'
