/** A sender, `Name <address>` or an address, in its parts; the name is empty where there is none. */
export function senderParts(sender: string): { readonly name: string; readonly email: string } {
  const [, name, email] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(sender) ?? []
  return email === undefined ? { name: '', email: sender.trim() } : { name: name ?? '', email }
}
