import type { ComponentProps } from 'react'

const shape =
  'inline-flex min-h-12 items-center justify-center rounded-sm px-5 py-2 text-center font-semibold no-underline transition-opacity duration-100'
const kinds = {
  primary: `${shape} bg-primary text-on-primary hover:bg-primary-hover hover:text-on-primary hover:no-underline border-2 border-primary`,
  secondary: `${shape} border-2 border-primary bg-sheet text-primary hover:bg-wash hover:text-primary hover:no-underline`,
} as const

interface Kind {
  readonly kind?: keyof typeof kinds
}

/** A button of 48 px or more. `className` adds to its place and size, not to its colours. */
export function Button({ kind = 'primary', className = '', ...rest }: Kind & ComponentProps<'button'>) {
  return <button type="submit" {...rest} className={`${kinds[kind]} cursor-pointer ${className}`} />
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ kind = 'primary', className = '', ...rest }: Kind & ComponentProps<'a'>) {
  return <a {...rest} className={`${kinds[kind]} ${className}`} />
}
