/** The service's mark. Decoration: the name stands beside it. */
export function Scales() {
  return (
    <svg
      className="flex-none text-brass" width="28" height="28" viewBox="0 0 28 28" fill="none" stroke="currentColor"
      strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"
    >
      <circle cx="14" cy="14" r="12.8" />
      <path d="M14 6.5v14M10.5 20.5h7M8 9.5h12M8 9.5l-2.6 5.6h5.2zM20 9.5l-2.6 5.6h5.2z" />
    </svg>
  )
}
