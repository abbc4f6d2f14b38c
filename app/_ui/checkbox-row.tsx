import type { ComponentProps, ReactNode } from 'react'

interface Row {
  readonly id: string
  readonly name: string
  /** The exact words of the label; nothing is added to them. */
  readonly label: string
  readonly hint?: ReactNode
}

function ChoiceRow({ label, hint, type, ...rest }: Row & { type: 'checkbox' | 'radio' } & Omit<ComponentProps<'input'>, keyof Row | 'type'>) {
  const described = hint === undefined ? {} : { 'aria-describedby': `${rest.id}-hint` }
  return (
    <div className="relative border-t border-rule last:border-b">
      <input type={type} {...described} {...rest} className="absolute top-[11px] left-0" />
      <label htmlFor={rest.id} className="block min-h-12 cursor-pointer py-2.5 pl-10">{label}</label>
      {hint === undefined ? null : <div id={`${rest.id}-hint`} className="-mt-1.5 pb-2.5 pl-10 text-nav text-ink3">{hint}</div>}
    </div>
  )
}

/** One ruled row of 48 px with a native checkbox; all of the row can be hit. */
export function CheckboxRow(props: Row & Omit<ComponentProps<'input'>, keyof Row | 'type'>) {
  return <ChoiceRow {...props} type="checkbox" />
}

/** The same with a radio button; rows of one question share their `name` and stand in a `fieldset`. */
export function RadioRow(props: Row & Omit<ComponentProps<'input'>, keyof Row | 'type'>) {
  return <ChoiceRow {...props} type="radio" />
}
