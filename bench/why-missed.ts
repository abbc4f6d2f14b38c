/** Why a goal was missed: where its time goes, by a profile, and what was tried. Stands in `docs/performance.md` while a figure of it is missed. */
export const whyMissed: Readonly<Partial<Record<string, string>>> = {
  P4: 'the messages are owed in a statement for each 200 cases, so that none keeps the web process from its pages for longer than 15 ms; that costs nothing that could be told apart '
    + 'at the full size (6.4 s, all in one 6.2 s). Each sorted its rows by content, which by hand is their order already: in the order of the index it was 1.12 × '
    + 'at a tenth of the size, where it had been 1.18, and 1.38 before it was built once.',
  P7: 'a name of two words is in 28 cases of 10 million and in 4 of one (300 names on average; 43 and 9 at p99), and each that is found is looked up, somewhere in 15 GB, to be ordered: about 16 µs '
    + 'for each more. Before words were paired (`docs/decisions/0024-pairs-of-words.md`) the search walked all names with the rarer of them: 11 ms and 6.0 times as much. '
    + 'Not tried: the day of filing beside each pair, so that no case is looked up which is not on the page; it would have to be kept as the case changes. By the beginning of a number '
    + 'half of the time is the three statements that the bare way sends too; the other half checks what was typed and turns rows into what a page shows.',
  P8: 'of 5.0 ms that a case page takes, profiled at a tenth of the size, Next and React take 2.35, garbage 0.36, SQLite 0.2, turning rows into objects 0.2, the procedures 0.13; the rest is the '
    + 'server and its streams, which the empty page has too. Tried: every query prepared once for a connection; the case and its newest entries read by one procedure, '
    + 'where the case had been looked up and its entries counted twice. What is left is the page itself: ten entries, their days and explanations, made by React for the server and '
    + 'written out again for the browser. Not tried: keeping pages '
    + 'or their data between requests, since a case that is sealed must be gone at once.',
  P10: 'an application of Next with nothing in it got 98 to 100 for performance on the same machine (six runs), an empty page in our frame 92 to 98: most of what is missing is there. What Lighthouse '
    + 'counts is the processor: 330 ms of scripts, most of it React and Next, 110 of styles and layout, each four times what it took. Tried: scripts and styles compressed when they are built '
    + '(`docs/decisions/0022-compressed-when-built.md`; one to two points), fonts without preloading (the first text half a second later, and it moves).',
}
