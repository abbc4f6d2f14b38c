const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * A provider's id as it is kept: 36 characters of a UUID say no more than 22, and there is one a mail (P6). What no database
 * keeps in a text is left out of any other.
 */
export const storedProviderId = (id: string): string =>
  uuidForm.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') : id.toWellFormed().replaceAll('\0', '')
