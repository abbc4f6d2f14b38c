import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'

export interface SignedRequest {
  /** What the header `X-Twilio-Signature` holds. */
  readonly signature: string
  /** The address that the provider called, as it knows it: scheme, host, path and query. */
  readonly url: string
  /** The form that it sent. */
  readonly form: URLSearchParams
}

/** Whether a request bears the signature of our account at Twilio. Compares in constant time; nothing is said of what is wrong. */
export function isSignedByTwilio(authToken: string, { signature, url, form }: SignedRequest): boolean {
  if (signature === '') return false
  const fields: Record<string, string | string[]> = {}
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name)
    fields[name] = values.length === 1 ? values[0] ?? '' : values
  }
  return validateRequest(authToken, signature, url, fields)
}
