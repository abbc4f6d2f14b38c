import type { ComponentProps } from 'react'

/** A white sheet on the grey ground. With `isPanel` it has the navy rule on top that marks what can be done here. */
export function Sheet({ isPanel = false, className = '', ...rest }: { isPanel?: boolean } & ComponentProps<'div'>) {
  const top = isPanel ? 'border-t-4 border-t-primary' : ''
  return <div {...rest} className={`rounded-sm border border-rule bg-sheet p-4.5 sm:p-6 ${top} ${className}`} />
}
