import type { ComponentProps, ReactNode } from 'react'

interface Labelled {
  readonly id: string
  readonly name: string
  /** The exact words of the label; nothing is added to them. */
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
}

const box =
  'block min-h-12 w-full rounded-xs border border-b-2 bg-sheet px-3 py-2 text-body text-ink placeholder:text-ink3'
const boxOf = (error: string | undefined): string => `${box} ${error === undefined ? 'border-rule-strong' : 'border-2 border-red'}`

function describedBy({ id, hint, error }: Labelled): { 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const ids = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter((one) => one !== '')
  return {
    ...(ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') }),
    ...(error === undefined ? {} : { 'aria-invalid': true as const }),
  }
}

/** The error of one field, in the exact words alone, with a sign beside it so that colour is never all there is (B5). */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="mb-1.5 flex gap-2 font-semibold text-red">
      <svg className="mt-1 flex-none" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <path d="M9 1 17.5 16.5h-17z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
        <path d="M9 6.5v4.5M9 13v1.2" stroke="currentColor" strokeWidth="1.8" />
      </svg>
      <span id={id} role="alert">{children}</span>
    </p>
  )
}

function Around({ id, label, hint, error, children }: Labelled & { children: ReactNode }) {
  return (
    <div className={error === undefined ? '' : 'border-l-4 border-red pl-3'}>
      <label htmlFor={id} className="block font-semibold">{label}</label>
      {hint === undefined ? null : <div id={`${id}-hint`} className="mb-1.5 text-nav text-ink3">{hint}</div>}
      {error === undefined ? null : <FieldError id={`${id}-error`}>{error}</FieldError>}
      {children}
    </div>
  )
}

/** A native input with its label, hint and error. Takes every attribute of `input`, `ref` included. */
export function TextField({ label, hint, error, className = '', ...rest }: Labelled & Omit<ComponentProps<'input'>, keyof Labelled>) {
  const labelled = { id: rest.id, name: rest.name, label, hint, error }
  return (
    <Around {...labelled}>
      <input type="text" {...describedBy(labelled)} {...rest} className={`${boxOf(error)} ${className}`} />
    </Around>
  )
}

/** A native select with its label, hint and error; the options are its children. */
export function SelectField({ label, hint, error, className = '', ...rest }: Labelled & Omit<ComponentProps<'select'>, keyof Labelled>) {
  const labelled = { id: rest.id, name: rest.name, label, hint, error }
  return (
    <Around {...labelled}>
      <select {...describedBy(labelled)} {...rest} className={`${boxOf(error)} ${className}`} />
    </Around>
  )
}
