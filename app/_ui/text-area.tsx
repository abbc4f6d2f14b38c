import type { ComponentProps, ReactNode } from 'react'
import { FieldError } from './field.tsx'

interface TextAreaProps extends ComponentProps<'textarea'> {
  readonly id: string
  readonly name: string
  /** The exact words of the label; nothing is added to them. */
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
}

/** A native field of several lines with its label, hint and error. */
export function TextArea({ label, hint, error, className = '', ...rest }: TextAreaProps) {
  const described = [hint === undefined ? '' : `${rest.id}-hint`, error === undefined ? '' : `${rest.id}-error`].filter((one) => one !== '').join(' ')
  return (
    <div className={error === undefined ? '' : 'border-l-4 border-red pl-3'}>
      <label htmlFor={rest.id} className="block font-semibold">{label}</label>
      {hint === undefined ? null : <div id={`${rest.id}-hint`} className="mb-1.5 text-nav text-ink3">{hint}</div>}
      {error === undefined ? null : <FieldError id={`${rest.id}-error`}>{error}</FieldError>}
      <textarea
        {...(described === '' ? {} : { 'aria-describedby': described })} {...(error === undefined ? {} : { 'aria-invalid': true })} {...rest}
        className={`block w-full rounded-xs border border-b-2 bg-sheet px-3 py-2 text-body text-ink ${error === undefined ? 'border-rule-strong' : 'border-2 border-red'} ${className}`}
      />
    </div>
  )
}
