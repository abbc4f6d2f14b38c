/** What its owner has to do first, where an account was made for them; begins with a space. */
export const howToLogIn = ({ isNew }: { readonly isNew: boolean }, appUrl: string): string =>
  isNew ? ` There was none, so one was made: its owner chooses a password at ${appUrl}/forgot.` : ''
