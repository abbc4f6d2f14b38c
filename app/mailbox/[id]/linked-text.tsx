/** Plain text whose web addresses can be followed. An address ends at a space, a bracket or the mark that ends its sentence. */
export function LinkedText({ children }: { children: string }) {
  return children.split(/(https?:\/\/[^\s<>()]*[^\s<>().,;:!?])/).map((part, index) => (
    // Every second part is what the pattern caught.
    index % 2 === 1 ? <a key={index} href={part}>{part}</a> : part
  ))
}
