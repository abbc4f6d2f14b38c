// What the docket of an invented case says. `{…}` stands for: first, second (its parties), judge, lawyer, day, time, room,
// amount, number (a small one), county.

/** One docket code with what its text may say; an empty text is one too. */
export interface Step {
  readonly code: string
  readonly texts: readonly string[]
}

export interface Script {
  readonly opening: readonly Step[]
  readonly middle: readonly Step[]
  readonly closing: readonly Step[]
  /** Kinds of hearing, and the room's name. */
  readonly hearings: readonly string[]
}

export type CaseKind = 'criminal' | 'traffic' | 'civil' | 'family' | 'protection' | 'probate' | 'appeal'

const everyMiddle: readonly Step[] = [
  { code: 'CONT', texts: [
    'By agreement, cause continued to {day} at {time}.',
    'On motion of counsel for {second} and without objection, hearing continued to {day} at {time} in {room}. All subpoenas remain ' +
      'in force. No further continuances will be granted without good cause shown in writing.',
    'Cause continued on the court’s own motion. Clerk to notify the parties.',
  ] },
  { code: 'MCON', texts: ['Filed by {lawyer}. Counsel states a conflict with a setting in another county.', ''] },
  { code: 'MOTG', texts: [
    'Motion is granted. So ordered. /s/ {judge}',
    'Granted over objection. Movant to prepare a formal order by {day}.',
  ] },
  { code: 'MOTD', texts: ['Motion is denied for the reasons stated on the record.', 'Denied without prejudice.'] },
  { code: 'NTHR', texts: ['Notice of hearing filed; the matter is called up for {day} at {time}.', ''] },
  { code: 'CERS', texts: ['Certificate of service of discovery responses.', ''] },
  { code: 'EAPP', texts: ['{lawyer} enters an appearance for {second}.', 'Limited entry of appearance.'] },
  { code: 'MEMO', texts: [''] },
  { code: 'CORR', texts: [
    'Letter received from {second}; copy sent to counsel. Parties are reminded that the court cannot act on letters: a request must ' +
      'be made by motion, with a copy to the other side.',
  ] },
  { code: 'HRES', texts: ['Hearing reset to {day} at {time} in {room}.'] },
  { code: 'HHLD', texts: [
    'Parties appear. Arguments heard. Cause is taken under advisement.',
    'Cause called. {first} appears by counsel; {second} appears in person. Evidence adduced: exhibits 1 to {number} received. Court ' +
      'hears argument and orders that both sides submit proposed findings not later than {day}. Record made by sound recording.',
  ] },
  { code: 'MAIR', texts: ['Returned by the post office: “not deliverable as addressed; unable to forward”.'] },
  { code: 'ORD', texts: [
    'Order entered. See document.',
    'The court, having considered the file and the arguments of counsel, orders: (1) all discovery closes on {day}; (2) expert ' +
      'witnesses are to be named forty-five days before trial; (3) the parties shall confer in good faith on the issues that remain, ' +
      'and file a joint statement of them of not more than {number} pages; (4) motions that would decide the case are to be filed ' +
      'sixty days before trial. Failure to comply may result in sanctions, up to striking of pleadings. The clerk is directed to send ' +
      'a copy of this order to all parties of record.',
  ] },
]

const civil: Script = {
  opening: [
    { code: 'PETF', texts: ['', 'Petition with exhibits A to D.'] },
    { code: 'FISH', texts: [''] },
    { code: 'FEEP', texts: ['Received {amount}.', ''] },
    { code: 'CASG', texts: ['Assigned to Judge {judge}.'] },
    { code: 'SUMI', texts: ['Summons issued for {second}; attached for electronic service.', ''] },
  ],
  middle: [
    ...everyMiddle,
    { code: 'SUMS', texts: ['{second} served by the sheriff of {county} County.', 'Served on registered agent.'] },
    { code: 'SUMN', texts: ['Non-est: not found at the address given.'] },
    { code: 'ALSU', texts: [''] },
    { code: 'ANSF', texts: ['Answer and affirmative defenses of {second}.', ''] },
    { code: 'CCLM', texts: ['Counterclaim for {amount} and costs.'] },
    { code: 'MDIS', texts: ['Motion to dismiss for failure to state a claim, with suggestions in support.'] },
    { code: 'MSJ', texts: [
      'Motion for summary judgment; statement of uncontroverted material facts ({number} paragraphs) and legal memorandum.',
    ] },
    { code: 'CSDI', texts: ['First interrogatories and request for production of documents.'] },
    { code: 'DEPN', texts: ['Deposition of {first} on {day} at {time}.'] },
    { code: 'MEDR', texts: ['Parties are ordered to mediation, to be finished before {day}.'] },
    { code: 'SCHO', texts: ['Jury trial is set for {day} at {time}; pretrial conference two weeks before.'] },
  ],
  closing: [
    { code: 'DJE', texts: [
      '{second}, though duly served, makes default. Judgment for {first} in the sum of {amount}, with interest at nine percent a ' +
        'year and costs.',
    ] },
    { code: 'CJE', texts: [
      'Consent judgment for {first} and against {second} for {amount}. Stay of execution as long as monthly payments are made.',
    ] },
    { code: 'DISW', texts: ['{first} dismisses without prejudice; costs taxed to {first}.', ''] },
    { code: 'DWOP', texts: ['No action having been taken since the last docket call, cause is dismissed for failure to prosecute.'] },
    { code: 'JE', texts: [
      'Judgment for {first} and against {second} as follows: principal {amount}; attorney fees as allowed by the contract; costs ' +
        'assessed against {second}. Any motion not ruled upon is denied. This is a final judgment for purposes of appeal. So ordered: ' +
        '{judge}.',
    ] },
    { code: 'JSAT', texts: ['Satisfaction in full acknowledged.', ''] },
  ],
  hearings: ['Motion hearing', 'Pretrial conference', 'Bench trial', 'Case management conference', 'Jury trial'],
}

const criminal: Script = {
  opening: [
    { code: 'COMP', texts: ['Complaint, with statement of probable cause.', ''] },
    { code: 'WARI', texts: ['Warrant issued. Bond set at {amount}, ten percent authorized.'] },
    { code: 'BNDS', texts: ['Bond {amount}. Conditions: no contact with witnesses; report changes of address within two days.'] },
    { code: 'PDAP', texts: ['Public defender enters for {second}.', ''] },
  ],
  middle: [
    ...everyMiddle,
    { code: 'WARS', texts: ['Warrant served; {second} booked into the {county} County jail.', ''] },
    { code: 'ARRN', texts: ['{second} appears with counsel, waives formal reading and pleads not guilty. Cause set for {day} at {time}.'] },
    { code: 'BNDP', texts: ['Surety bond of {amount} posted and approved.'] },
    { code: 'INFO', texts: [''] },
    { code: 'PWAV', texts: ['Preliminary hearing waived. Bound over to Division {number}.'] },
    { code: 'MSUP', texts: ['Motion to suppress statements and physical evidence; hearing requested.'] },
    { code: 'FTA', texts: ['{second} fails to appear. Capias warrant ordered.'] },
    { code: 'BNDX', texts: [''] },
    { code: 'SARO', texts: ['Sentencing report ordered from Probation & Parole, due {day}.'] },
    { code: 'WARR', texts: ['Warrant recalled on motion of the State.'] },
  ],
  closing: [
    { code: 'PLGY', texts: ['Plea of guilty accepted after inquiry of {second} on the record. A factual basis is found.'] },
    { code: 'SIS', texts: [
      'Imposition of sentence suspended; supervised probation of two years. Special conditions: {number} hours of community service; ' +
        'complete the program recommended; costs within ninety days.',
    ] },
    { code: 'NOLP', texts: ['State enters nolle prosequi; costs waived.'] },
    { code: 'SENT', texts: [
      'Allocution afforded, no legal cause shown. {second} is sentenced to {number} days in the county jail with credit for time ' +
        'served, and to a fine of {amount} plus the crime victims’ compensation judgment. {second} is advised of the right to appeal ' +
        'and of the right to proceed as a poor person. Sheriff to execute commitment.',
    ] },
    { code: 'CSTA', texts: ['Costs of {amount} assessed.', ''] },
  ],
  hearings: ['Arraignment', 'Preliminary hearing', 'Plea or trial setting', 'Jury trial', 'Sentencing', 'Probation violation hearing'],
}

const traffic: Script = {
  opening: [{ code: 'CITF', texts: ['', 'Electronic citation.'] }, { code: 'SUMI', texts: ['Court date given on the ticket.'] }],
  middle: [
    { code: 'CONT', texts: ['Continued to {day} at {time}.', 'First continuance at the request of {second}.'] },
    { code: 'EAPP', texts: ['{lawyer} for {second}.'] },
    { code: 'FTA', texts: ['No appearance; notice sent. Driving privileges may be suspended unless the ticket is settled by {day}.'] },
    { code: 'AMIN', texts: ['Charge amended to a non-moving violation on recommendation of the prosecutor.'] },
    { code: 'TRAC', texts: ['Driver improvement program to be finished by {day}.'] },
    { code: 'CORR', texts: [''] },
  ],
  closing: [
    { code: 'PLGY', texts: ['Guilty plea by mail.', ''] },
    { code: 'FINE', texts: ['Fine {amount} and costs.'] },
    { code: 'CSTP', texts: ['Paid in full.', ''] },
    { code: 'NOLP', texts: [''] },
  ],
  hearings: ['Initial appearance', 'Plea or trial setting', 'Payment review'],
}

const family: Script = {
  opening: [
    { code: 'PETF', texts: ['Petition with statement of property and income.', ''] },
    { code: 'FISH', texts: [''] },
    { code: 'SUMI', texts: [''] },
  ],
  middle: [
    ...everyMiddle,
    { code: 'SUMS', texts: ['{second} served in person.'] },
    { code: 'RESP', texts: ['Answer of {second}, with a counter-petition.'] },
    { code: 'PPLN', texts: ['Proposed parenting plan of {first}.'] },
    { code: 'GALA', texts: ['{lawyer} is appointed guardian ad litem. Each side to deposit {amount} within thirty days.'] },
    { code: 'MEDR', texts: ['Mediation of custody and visitation ordered before {day}.'] },
    { code: 'MMOD', texts: ['Motion to modify support.'] },
    { code: 'CSUP', texts: ['Temporary support of {amount} a month, beginning {day}.'] },
  ],
  closing: [
    { code: 'SETL', texts: ['Settlement agreement filed; found not unconscionable.'] },
    { code: 'DISS', texts: [
      'Judgment of dissolution. Marriage is irretrievably broken; property and debts divided as set out in the agreement; former ' +
        'name restored.',
    ] },
    { code: 'JE', texts: [
      'Judgment entered. See document.', '',
      'Cause called; {first} in person and by counsel, {second} by counsel only. Evidence heard on all issues.\n\nThe court finds ' +
        'that it has jurisdiction of the parties and of the subject, that there remains no reasonable likelihood that the marriage can ' +
        'be preserved, and that the plan submitted by the parties on {day} serves the best interests of the children.\n\nIt is ' +
        'therefore ordered: (a) joint legal custody, with the residence of {first} as the children’s address for mail and school; (b) ' +
        '{second} to have the children every other weekend from Friday at 6:00 p.m. to Sunday at 6:00 p.m., alternate holidays, and ' +
        '{number} days of summer vacation; (c) {second} to pay {amount} a month as support through the Family Support Payment Center; ' +
        '(d) each party to keep the vehicle now driven by that party & to pay the loan on it; (e) uninsured medical costs to be shared ' +
        'equally; (f) the guardian ad litem’s fee taxed as costs, one half to each.\n\nAny request not mentioned is denied. Costs ' +
        'against {second}. /s/ {judge}',
    ] },
    { code: 'DISW', texts: ['Dismissed by {first}.'] },
  ],
  hearings: ['Case management conference', 'Temporary order hearing', 'Settlement conference', 'Dissolution hearing'],
}

const protection: Script = {
  opening: [
    { code: 'PETF', texts: [''] },
    { code: 'EXPO', texts: ['Ex parte order entered, in force until the hearing on {day} at {time}.'] },
    { code: 'SUMI', texts: ['Notice of hearing to the sheriff for service.'] },
  ],
  middle: [
    { code: 'SUMS', texts: ['Respondent served.', ''] },
    { code: 'SUMN', texts: ['Not found after three attempts.'] },
    { code: 'CONT', texts: ['For want of service, continued to {day} at {time}; the ex parte order stays in force until then.'] },
    { code: 'HHLD', texts: ['Both parties appear in person. Testimony heard.'] },
  ],
  closing: [
    { code: 'FOPR', texts: ['Full order of protection entered for one year.'] },
    { code: 'OPTD', texts: ['Terminated at the request of the petitioner.'] },
    { code: 'DISW', texts: ['Petitioner does not appear. Dismissed.'] },
  ],
  hearings: ['Order of protection hearing'],
}

const probate: Script = {
  opening: [
    { code: 'APPL', texts: ['Application for letters.', ''] },
    { code: 'WILL', texts: ['Will dated some years ago, with two witnesses, admitted.'] },
    { code: 'LETI', texts: ['Letters issued to {first}. Bond {amount}.'] },
  ],
  middle: [
    { code: 'NTCR', texts: ['First publication ordered. Claims are barred six months after it.', ''] },
    { code: 'INVT', texts: ['Inventory and appraisement: personal property {amount}.'] },
    { code: 'CLMF', texts: ['Claim of {second} for {amount}.'] },
    { code: 'ANNR', texts: ['Annual settlement filed; set for review on {day}.'] },
    { code: 'ORD', texts: ['Order approving sale of personal property.', 'Order on attorney fees: {amount} allowed.'] },
    { code: 'CORR', texts: [''] },
  ],
  closing: [
    { code: 'ESTC', texts: ['Final settlement approved; personal representative discharged.'] },
    { code: 'JE', texts: ['Judgment of distribution.'] },
  ],
  hearings: ['Hearing on claim', 'Hearing on letters', 'Settlement review'],
}

const appeal: Script = {
  opening: [
    { code: 'NAPP', texts: ['From the circuit court. Docket fee {amount} received.', ''] },
    { code: 'FISH', texts: [''] },
  ],
  middle: [
    { code: 'RECA', texts: ['Record on appeal: legal file, {number} volumes of transcript.'] },
    { code: 'BRIE', texts: ['Appellant’s brief and appendix.', 'Respondent’s brief.', 'Reply brief.'] },
    { code: 'MOT', texts: ['Motion for an extension of time. Granted: due {day}; no further extensions.'] },
    { code: 'OARG', texts: ['Submitted on {day} at {time}, {room}. Each side has fifteen minutes.'] },
    { code: 'EAPP', texts: ['{lawyer} for respondent.'] },
  ],
  closing: [
    { code: 'OPIN', texts: [
      'Affirmed by memorandum decision. {judge}, writing; all concur.',
      'Reversed and remanded with directions. The judgment misapplied the burden of proof on the second point; the first and third ' +
        'points are denied. On remand the court shall hold a new hearing limited to that question, at which both sides may offer ' +
        'further evidence.',
    ] },
    { code: 'MAND', texts: ['Mandate sent to the circuit clerk.', ''] },
  ],
  hearings: ['Oral argument'],
}

export const scripts: Readonly<Record<CaseKind, Script>> = { criminal, traffic, civil, family, protection, probate, appeal }

const kindsOfType: Readonly<Record<string, CaseKind>> = {
  CR: 'criminal', TR: 'traffic', MU: 'traffic', DR: 'family', DP: 'family', FC: 'family', AD: 'family', JU: 'family', PN: 'protection',
  PR: 'probate', MH: 'probate', AP: 'appeal',
}

/** Which script a case of this type follows; a type that nobody foresaw is civil. */
export const kindOfType = (caseType: string): CaseKind => kindsOfType[caseType] ?? 'civil'
