import type { freezeZh } from './freeze.zh-CN.ts';

/** Words of the page about sealed years; part of the English interface (`en.ts`). */
export const freezeEn: typeof freezeZh = {
  freeze: {
    title: 'Seal',
    question: 'Does the result stand?',
    answerNone: '{year} is not sealed; ranks still follow what is reported.',
    answerUnended: '{year} is not over yet.',
    whoSeals:
      'The organisation department seals a year once it is over; until then the ranking has its result.',
    ranksNow: 'See the ranks of {year} as they are now',
    sealOf: 'See the sealed result of {year}',
    answer:
      '{year} is sealed; seal {number} stands: as known at {time}, with {units} ⟨unit/units⟩ and {events} ⟨event/events⟩.',
    answerEarlier: 'This is seal {number}; seal {last} stands.',
    answerLate:
      '{n} event came later; it is listed as late and changes nothing. | {n} events came later; they are listed as late and change nothing.',
    answerNothingLate: 'Nothing has come in since.',
    basis: 'Sealed results always look at the whole year.',
    seal: 'Seal {year}',
    sealAgain: 'Seal {year} again',
    sealing: 'Sealing…',
    sealMeans: 'What would be sealed now',
    plan: 'Plan',
    planVersion: 'version {version}',
    units: 'Ranked units',
    here: '{year} is sealed (no. {number}); this page is of now. What is reported or decided after the seal changes nothing in it.',
    seeSeal: 'See the sealed result',
    events: 'Events on record',
    ofOrders:
      '{n} of the events on record since the seal is the department’s own (a seal, an award, a publication) and not late. | {n} of the events on record since the seal are the department’s own (seals, awards, publications) and not late.',
    open: 'Not finished yet',
    nothingOpen: 'Nothing is left open; the year can be sealed.',
    openQuarantine:
      '{n} record is in quarantine. The year cannot be sealed before it is handled. | {n} records are in quarantine. The year cannot be sealed before they are handled.',
    openSetAside:
      'One record of the quarantine was sent again or left aside. Sealing is possible and names it. | {n} records of the quarantine were sent again or left aside. Sealing is possible and names each.',
    openIncomplete: 'Events are still being read. The year can be sealed once they are.',
    openVerification:
      '{n} activity waits for verification. You can seal, but verifying it later counts as late. | {n} activities wait for verification. You can seal, but verifying them later counts as late.',
    openAppeals:
      '{n} appeal is undecided. You can seal, but deciding it later counts as late. | {n} appeals are undecided. You can seal, but deciding them later counts as late.',
    objections: 'Undecided objections',
    objected: 'lodged {time}',
    objectionsMore: '{n} more in the inbox | {n} more in the inbox',
    decideObjections: 'Decide in the inbox',
    openYear:
      '{year} is not over: what is not due yet counts as not done. For the year-end result, wait until the year has ended.',
    confirm: 'Seal the result of {year}?',
    confirmSeals:
      'This seals the {events} ⟨event/events⟩ on record now, version {version} of the plan, and the ranks and scores of {units} ⟨unit/units⟩. The server signs it and puts it on record.',
    confirmLate:
      'Reports, verifications and decisions that come later change nothing in it; they are listed as late.',
    confirmStays: 'What stays: the ranking goes on live, and units can go on reporting.',
    confirmEarlier:
      'The earlier seal is kept; this one stands. | The {n} earlier seals are kept; this one stands.',
    confirmFinal: 'A seal cannot be taken back, but the year can be sealed again.',
    cancel: 'Cancel',
    done: 'Seal {number} is made.',
    refused:
      'Nothing was sealed: records are in quarantine, or the year is sealed as of a later time. Reload the page and handle them first; earlier seals are as they were.',
    refusedBusy:
      'Nothing was sealed: events are still being read. Try again in a moment; earlier seals are as they were.',
    refusedOther:
      'Nothing was sealed. No data was changed; try again, and if it fails again, tell the administrator the time.',
    list: 'Seals of the year',
    number: 'No.',
    numberOf: 'No. {number}',
    asOf: 'As known at',
    recorded: 'Sealed at',
    sealedUnits: 'Units',
    sealedEvents: 'Events',
    root: 'Check value',
    stands: 'stands',
    ranks: 'See the ranking',
    ranksOf: 'See the ranking of seal {number}',
    file: 'Sealed file',
    download: 'Download',
    downloadOf: 'Download the file of seal {number}',
    differences: 'Against the ranks of now',
    differencesMeans: 'ranks and totals as sealed and now, both for the whole year',
    noDifferences: 'Ranks and totals are exactly as sealed.',
    changed:
      '{n} unit differs from the seal: {totals} by its total, the others only moved with it. | {n} units differ from the seal: {totals} by ⟨its/their⟩ own total, the others moved only because of that.',
    changedAll:
      'The total of {n} unit differs from the seal. | The totals of {n} units differ from the seal.',
    joined: 'not there when sealed',
    left: 'no longer there',
    late: 'Late events',
    lateMeans: 'received after the seal, or entered later',
    nothingLate: 'There are no late events.',
    lateSome: '{n} in all; the first {shown} are listed here.',
    when: 'Received',
    about: 'Unit',
    what: 'Event',
    zone: 'Whole zone',
    proofs: 'Single proofs',
    proofsMean: 'files that can be checked without having all events',
    consistency: 'One seal holds another',
    consistencyNone:
      'The year was not sealed before. Once it is sealed again, this proves that the earlier events are all there, unchanged.',
    consistencyOf:
      'Seal {to} holds every one of the {events} ⟨event/events⟩ of seal {from}: none missing, none changed.',
    consistencyDownload: 'Download the proof that seal {to} holds seal {from}',
    inclusion: 'An event is under the seal',
    inclusionDownload: 'Download the proof of: {event}, {title}',
    proof: 'Proof',
    proofDownload: 'Download proof',
    proofUnit: 'Choose a unit',
    proofPick: 'Choose a unit first, then find the event among its activities.',
    proofFind: 'Find by title, day or number',
    proofNone: 'There is no such event.',
    proofSome: '{n} in all; the {shown} received last are listed. Search for the others.',
    proofIsLate: 'late: not under the seal',
    proofLate: 'This event is not under this seal: it was received later.',
    proofFailed:
      'The proof could not be made. Try again; if it fails again, tell the administrator the time.',
    proofSaved: 'Downloaded: {name}',
    proofCheck: 'To check a proof, run this on any computer that has this software:',
    proofAnyFile: 'FILE',
    proofSays:
      'It needs no server and says that all agrees, or what does not. Then compare the check values that it names with those in the minutes: only if both hold is it proven.',
    activityTitle: 'Activity',
    verify: 'How to check it',
    verifyLead: 'Anybody can check that the sealed result follows from the events, without a server:',
    verifyFile: 'Download the sealed file.',
    verifyFileAsked: 'Ask the organisation department for the sealed file.',
    verifyEvents: 'Have an administrator export all events:',
    verifyRun: 'On any computer that has this software, run:',
    verifyResult:
      'It says that all agrees, or names each event, and each figure of each unit, that does not. A single changed byte is found.',
    verifyMinutes:
      'Put these two values into the minutes: whoever shows another file later can be held against them.',
    rootFull: 'Check value of the events',
    manifestFull: 'Check value of the result',
    keyFull: 'Public key',
    ownRow: 'Your unit’s sealed result',
    ownRowIs: '{unit}: rank {rank}, {total} points.',
    ownRowNone: 'Your unit was not ranked when the year was sealed.',
    ownProof: 'Save your unit’s proof',
    ownProofMeans: 'It shows that your unit’s row is in the sealed result, without showing the others’.',
  },
  publication: {
    title: 'Publication',
    means:
      'Before a year is sealed its provisional result is laid open to all units; who objects appeals against the activity in question while it lasts.',
    meansSealed:
      'The year is sealed already (no. {number}). What is published after that is the result as it is while it lies open; an objection changes nothing in the seal unless the year is sealed again.',
    none: 'Nothing has been published yet.',
    since: 'Published from {from} until {until}.',
    over: 'It was published from {from} until {until}.',
    open: 'The provisional result of {year} lies open until {day}.',
    openSealed: 'The result of {year} as it is now lies open until {day}; the sealed one stands.',
    left: 'One day is left. | One day is left. | {n} days are left.',
    object: 'Who objects to it appeals against the activity in question by then:',
    until: 'Until',
    publish: 'Publish',
    publishNow: 'Publish after the seal',
    extend: 'Extend',
    ask: 'Publish the provisional result of {year} until {day}?',
    askSealed: 'Publish the result of {year} as it is now until {day}, after its seal?',
    askMeans:
      'All units see that it lies open and how many days are left: their own result in full, of the others rank and total as the plan allows. It can be extended and never shortened.',
    notYet: 'Not yet',
  },
};
