/** What it depends on. */
interface About {
  readonly what: 'register' | 'alreadyRegistered' | 'resetPassword' | 'notRegistered' | 'changeAddress' | 'addressChanging' | 'mend' | 'eveningWaits'
  readonly emailAddress: string
  readonly newAddress: string | null
  readonly told?: string
  readonly serviceName: string
}

/** What mail about an account says, the same in both its parts. */
interface Words {
  readonly heading: string
  readonly sentences: readonly string[]
  /** How its one link is called. */
  readonly action: string
}

const notYou = 'If you did not ask for this, you can ignore this e-mail: nothing changes.'

/** G1: by what the mail is about. */
export function accountWords({ what, emailAddress, newAddress, serviceName, told }: About): Words {
  switch (what) {
    case 'register': return {
      heading: 'Confirm your account',
      sentences: [`Somebody asked for an account at ${serviceName} with the address ${emailAddress}. There is none until you confirm it with the link below. It works for 7 days.`, notYou],
      action: 'Confirm my account',
    }
    case 'alreadyRegistered': return {
      heading: 'You have an account already',
      sentences: [`Somebody asked for an account at ${serviceName} with the address ${emailAddress}, which has one already. Log in with your password, or choose a new one if you forgot it.`, notYou],
      action: 'Log in',
    }
    case 'resetPassword': return {
      heading: 'Choose a new password',
      sentences: [`Somebody asked for a new password for the account of ${emailAddress}. The link below works for one hour, once.`, notYou],
      action: 'Choose a new password',
    }
    case 'notRegistered': return {
      heading: 'There is no account with this address',
      sentences: [`Somebody asked for a new password for ${emailAddress}, but no account has this address. You may have registered with another one.`, notYou],
      action: 'Register',
    }
    case 'changeAddress': return {
      heading: 'Confirm the new address of your account',
      sentences: [`Your account at ${serviceName} is to have the address ${emailAddress}. It changes when you confirm it with the link below, which works for 7 days. Your notices then come here.`, notYou],
      action: 'Confirm this address',
    }
    case 'mend': return {
      heading: 'Let your notices come again',
      sentences: [`Mail to ${emailAddress} came back or was marked as spam, so your notices were paused. Confirm with the link below, which works for 7 days, that this address takes our mail: they come again, and the first one says what you missed.`, notYou],
      action: 'Let my notices come again',
    }
    case 'eveningWaits': return {
      heading: 'An evening waits for your yes',
      sentences: [
        told ?? 'An evening would owe far more notices than is usual. Nothing of it leaves before an operator says yes.',
        'Look first at what came in: a whole history that was sent again is better taken in without notices. What comes in meanwhile is kept and told with it.',
      ],
      action: 'Look at the evening',
    }
    case 'addressChanging': return {
      heading: 'The address of your account is to be changed',
      sentences: [
        `Somebody who was logged in to your account asked to change its address from ${emailAddress} to ${newAddress ?? 'another one'}. It changes when that address confirms it.`,
        'If that was not you, choose a new password now: that ends every session and withdraws the change.',
      ],
      action: 'Choose a new password',
    }
  }
}
