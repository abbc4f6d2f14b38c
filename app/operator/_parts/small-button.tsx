import type { ComponentProps } from 'react'

/** A button in a line of a table: 44 px. */
export const SmallButton = ({ className = '', ...rest }: ComponentProps<'button'>) => (
  <button type="submit" {...rest} className={`min-h-11 cursor-pointer rounded-sm border-2 border-primary bg-sheet px-3.5 font-semibold text-primary hover:bg-wash ${className}`} />
)
