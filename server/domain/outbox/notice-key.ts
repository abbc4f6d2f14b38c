/** Before subscription and run in the dedupe key of a notice. Short, since it is kept twice with every mail: in its row and in the index of keys (P6). */
export const noticeKey = 'n'
