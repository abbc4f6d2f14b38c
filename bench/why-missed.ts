/** Why a goal was missed: where its time goes, by a profile, and what was tried. Stands in `docs/performance.md` while a figure of it is missed. */
export const whyMissed: Readonly<Partial<Record<string, string>>> = {
  P4: 'the messages are owed in a statement for each 200 cases, so that none keeps the web process from its pages for longer than 15 ms. One for all cost 1.07 × by hand '
    + 'at a tenth of the size (November 22, 2026), and kept the web process for 4 s of 110,000 notices. Profiled among 100,000 cases (20,386 messages): '
    + 'one statement 192 ms, 183 of them in SQLite; slices of 1,000 cases 200 ms, of 200 221 ms (192 in SQLite), of 50 276 ms (206). Slices cost SQLite 5 %; the rest is 0.6 ms that each statement '
    + 'takes outside it, to be built anew and to let others go on. Not tried: building it once.',
  P7: 'among 10 million cases a first name of the demonstration data is in 157,000 names, a family name in 8,000: the search walks the rarer and looks for the other, '
    + '0.7 µs a name, three quarters of its time; counting both is a tenth, the page with its courts and names 5 %. At a tenth of the cases the same search walks 800. Tried: cases looked up '
    + 'after names and not before (30 to 18 ms at p99), two words looked up where they lie side by side (to 12), all names of the commoner word read and hashed (72 ms). '
    + 'Not tried: an index of pairs of words, which would be a quarter more of the database (reckoned; `docs/decisions/0023-names-before-cases.md`). By the beginning of a number '
    + 'half of the time is the three statements that the bare way sends too, 80 µs; the other half, 80 µs, checks what was typed and turns rows into what a page shows.',
  P8: 'of 5.0 ms that a case page takes, profiled at a tenth of the size, Next and React take 2.35, garbage 0.36, SQLite 0.2, turning rows into objects 0.2, the procedures 0.13; the rest is the '
    + 'server and its streams, which the empty page has too. Tried: every query prepared once for a connection; the case and its newest entries read by one procedure, '
    + 'where the case had been looked up and its entries counted twice. What is left is the page itself: ten entries, their days and explanations, made by React for the server and '
    + 'written out again for the browser. Not tried: keeping pages '
    + 'or their data between requests, since a case that is sealed must be gone at once.',
  P10: 'an application of Next with nothing in it got 98 to 100 for performance on the same machine (six runs), an empty page in our frame 92 to 98: most of what is missing is there. What Lighthouse '
    + 'counts is the processor: 330 ms of scripts, most of it React and Next, 110 of styles and layout, each four times what it took. Tried: scripts and styles compressed when they are built '
    + '(`docs/decisions/0022-compressed-when-built.md`; one to two points), fonts without preloading (the first text half a second later, and it moves).',
}
