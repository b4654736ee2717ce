import type { guideZh } from './guide.zh-CN.ts';

/** What the question mark of each page says, in English. */
export const guideEn: typeof guideZh = {
  home: {
    answers:
      'Where to begin: a unit comes to its desk first, everybody else to the overview, or to the view that you chose.',
    made: 'This page has no figures of its own; it leads to your first page at once.',
    can: 'The sign in the upper left corner always brings you back here. The usual pages are in the navigation; the others, with your account, light or dark and printing, are in the menu in the upper right corner. The bell holds what you have not read.',
  },
  'sign-in': {
    answers:
      'How to get in: with login name and password, or by a link from the department; by single sign-on where that is set up.',
    made: 'Who you are and what you may do is given by the department, and you see and do no more than that. A sign-in lasts for a time; after that, sign in again.',
    can: 'A link of invitation takes effect once you press its button; you then choose your own login name and password. If you have forgotten your password, ask the department for a new one.',
  },
  overview: {
    answers:
      'How the zone is doing: how many units are on course, who has missed most, what is due next, who rose and who fell, and what most units miss.',
    made: 'All of it is counted to date, up to the chosen day; what is not due yet does not count. On course means a total of at least 90, no condition overdue and no veto. Rise and fall are against what the filters compare with; what is missed most goes by the share of the units that should have done it.',
    can: 'Change year, day, group and comparison in the line below the navigation. Press a type to look at it alone, and again, or Esc, for all of them; press a unit, a requirement or a figure to get to the page behind it.',
  },
  ranking: {
    answers: 'Who leads, by how much, how sure each rank is, and who is vetoed.',
    made: 'Each requirement has an attainment; by their points these make the score of a type, and by their weights the types make the total. Deductions are taken from the type, and a veto caps the total. Equal totals share a rank. The band holds nine tenths of the ranks of 1,000 draws in which the weights vary by a quarter; where bands overlap, the order is open.',
    can: 'Change basis, day and group; sort by a column or group the rows, narrow them by the histograms in the heads, align them by a type of the legend, press a unit to see its gaps. Whoever sees all units may try other weights, and name several trials to see them side by side; that changes nothing for anybody. The table can be copied, saved as CSV and printed.',
  },
  trends: {
    answers:
      'How each team came through the year: who rose and fell, in which type and from which month on, and what happened meanwhile.',
    made: 'A panel is one unit: thin lines are the scores of the types, the thick one is the total, to date at the end of each month with what is known now, all on one scale. The signs below are vetoes, deductions and late reports; a dashed line is the plan, a seal or a publication. Rise and fall are against the last month’s end before the day in the filters.',
    can: 'Press a type to bring it out, order by rise, fall or name, find a unit by its name; point at a month to see rank and score of that day in all panels. The arrow keys go from panel to panel, Enter opens the unit; many units come 60 to a page.',
  },
  unit: {
    answers:
      'What this unit still lacks: which requirements it does not meet, what each costs, the nearest deadline, and the rank it could have.',
    made: 'Points lost are the share that a requirement has in the total times what is missing of it. The rank if met supposes this one requirement met in full and all else equal; the rank within reach counts only what can still be made up. To date, what is not due is no gap.',
    can: 'Press a requirement to see every activity that counts, or a clause number to read the text. Below are the way up, what is left to do this year, the reasons for rise and fall, the trend, the comparison with the group and remarks. People of the unit and the department can go on from here to report.',
  },
  activities: {
    answers:
      'Where a number comes from: every activity that counts for this requirement, incident or condition, and those that do not, with the reason.',
    made: 'An activity belongs to the window of the day on which it took place, and counts in the way that the plan lays down. What was rejected, retracted or waived by appeal does not count, nor does what lacks something the measure needs; that is marked. Where the plan counts only what is verified, the rest does not count.',
    can: 'See who did each step, when and why, and what it changed. Open the files that prove it, and quote an entry by the number of its record.',
  },
  gaps: {
    answers: 'Which requirements most units miss, and where each unit loses its points.',
    made: 'A cell is what one unit loses by one requirement: the more ink, the more points; what is met is blank, and what is not due or not counted is hatched. The sums stand at the edges, and groups stand apart. The requirement that the largest share of units missed comes first.',
    can: 'Choose a type or a group, or look at the whole year. Select a cell to see clause, windows, deadline and records; the arrow keys go from cell to cell. On a phone there is a list of requirements that opens to their units.',
  },
  notes: {
    answers:
      'What the leading group and the department have remarked on the zone, on units and on single numbers.',
    made: 'Those are listed that you may read: the department and whoever wrote one always do, others where they were chosen. A remark moves no score.',
    can: 'Open the page that a remark is on. The leading group and the department write on the overview, on gaps, types, requirements, the trend over the year and a unit’s requirement, and choose who reads it; what is written cannot be changed.',
  },
  requirement: {
    answers: 'How the units do in one requirement, who misses it, and what those do who are good at it.',
    made: 'A dot is the attainment of one unit; units for which it does not count yet are not drawn, but counted. Those that miss it are in the order of the points that they lose. The examples are from units with a high attainment, in the better half of the ranking (the middle place included) and without a veto.',
    can: 'Press a unit to see its activities for this requirement. A clause number opens its text; the picture can be seen as a table, and saved.',
  },
  criterion: {
    answers:
      'How the units do in one of the five types: the spread, the highest, the lowest, and the requirements by which points are lost.',
    made: 'The score of a type is the mean of the attainments of its requirements by their points, out of 100, less the deductions of this type and not below zero. A unit of which nothing counts has no score, which is not a zero. The line that is marked is the median.',
    can: 'Press a unit or a requirement to go on. A unit sees its own score alone.',
  },
  compare: {
    answers: 'In what two to four units differ.',
    made: 'Above stand their scores by type side by side, below the requirements, in the order of the difference of the points lost. All figures are those of the pages of the units, on the same basis and day.',
    can: 'Add or remove units, or begin with one of the suggested sets. At first only the largest differences are listed; all can be shown. The address names the units, so it can be sent to somebody.',
  },
  calendar: {
    answers: 'What is due when: each deadline, how many units still owe it, and what has been missed.',
    made: 'The plan sets the deadlines: the last day of each month, quarter, half-year or year, or a day that it names. The bars of the months count one for each unit and requirement: done, missed, or still owed.',
    can: 'Choose a month, or one unit; open a line to see who still owes it. Save the calendar or subscribe to it, and your phone reminds you.',
  },
  'self-inspection': {
    answers:
      'Whether units rate themselves too high: how far their own score is from what the record supports.',
    made: 'What the record supports is the score of that type on the same basis. Both totals are made by the weights of the plan, over the types that have both scores. Above the diagonal is rated too high, below it too low.',
    can: 'Look at those rated too high, or at one type; read what the units say of shortcomings and remedies. Units that have not submitted are listed beside; open one to see its record.',
  },
  meeting: {
    answers:
      'Whether everything is ready for the exchange meeting: candidates, agenda of who learns from whom, documents.',
    made: 'Candidates, agenda and documents have the data, the range and the language of the screen. Until the year is sealed the figures move with what is reported; afterwards the sealed result can be shown, too.',
    can: 'Leave out or move slides, and say on the cover whose meeting it is, its name, its day and who holds it: on screen, as PPT and as PDF alike. Download the statistics, the circular and a letter to each unit, as Excel, Word, PowerPoint, PDF, CSV or pictures. Present in full screen, or go to commendation, learning, year on year and sealing.',
  },
  slides: {
    answers:
      'One question a slide, for the meeting: who leads, which type is weakest, what most units miss, who improved most, who may be commended, and who can learn from whom.',
    made: 'The sentence of each slide is made of the figures below it, as on the other pages. The foot says the range, and whether it is the live result or which seal.',
    can: 'Turn with the arrow keys, Space or the page keys; F is full screen, Esc leaves. On paper each slide is a page.',
  },
  wall: {
    answers:
      'The screen for a hall: ranks, rise and fall, what most units miss and deadlines, turning by itself.',
    made: 'The figures are those of the ranking and the overview, in the range that was chosen there; they follow what is reported, and the day changes at midnight. A lost line is said, with the time at which the figures stand still.',
    can: 'Nothing has to be done. Whoever stands beside it turns with the arrow keys, holds with Space and leaves with Esc.',
  },
  commendation: {
    answers: 'Who can be commended, who has the rank but cannot be, and why.',
    made: 'Units without a veto and without an overdue condition fill the places by rank; those that share the last place are all in. The zone has places for a tenth of the ranked units, rounded up, unless it is changed, and each group has one of its own. The share of draws says how often a unit is within the places when the weights vary.',
    can: 'Change the places; compare the strong and weak types of the candidates and what they did. The department decides here and gives its reason; a decision can be withdrawn, and its record stays.',
  },
  teaching: {
    answers:
      'Who can learn from whom: for each type and requirement the models, those well below them, and suggested pairs.',
    made: 'A model is in the best quarter at this, in the better half of the ranking (the middle place included), and without a veto. Well below is who is 15 percentage points or more under where the models begin. Pairs prefer the same group and teams of a like size; topics are in the order of the points that units lose on average.',
    can: 'Choose a topic to see the level of both sides and what they did. Press a unit to see its page, and take the agenda to the meeting.',
  },
  'year-on-year': {
    answers:
      'Whether it is better or worse than the year before: how total and rank of each unit changed, and what differs between the plans.',
    made: 'Each year can be held by its own plan, or both by the same one; then a difference comes from the work and not from the plan. While this year is under way both can be seen up to the same day. Activities that a plan does not know are left out of both years when it is applied, and named.',
    can: 'Change the method, sort by a column, show all units. What differs between the plans tells which changes come from the rules.',
  },
  freeze: {
    answers:
      'Whether the result stands: how often this year was sealed, which seal stands, and what came later.',
    made: 'A seal is on the basis of the whole year, and signs everything recorded up to a moment, the plan of that time, and ranks and scores of all units. What is recorded later is listed as late and changes nothing in the seal. The page holds the ranks as sealed against those of now.',
    can: 'Download the sealed file and proofs of single entries, and check them by the steps on the page on any computer, without a server. The department publishes the provisional result here, seals, and may seal again; earlier seals are kept.',
  },
  plan: {
    answers: 'What the plan of this year asks, and from which clause of the text each item comes.',
    made: 'Of each clause first the text, then what the plan makes of it: requirements, deductions, vetoes and conditions. The points are the share of the total when everything counts. Numbers set by the text stand there; those set by the zone are left open by the text, and can be changed.',
    can: 'Press a clause number to read the text, or download the plan as a workbook. The department can draft a new version, see what differs and what it does to every rank, and then adopt it; that cannot be undone, but earlier moments are still computed by the version of their time.',
  },
  desk: {
    answers: 'What this unit still owes, until when, and how many points each is worth.',
    made: 'The worth is what this one window adds to the total of the year. A window that is over cannot be made up for now; what was done in it and not reported counts once it is reported with its real day.',
    can: 'Press “Report” in a line: the form already knows the kind and the number that is missing. Go on with drafts, deal with what was rejected, report many at once by a spreadsheet, or write the self-inspection.',
  },
  'desk-report': {
    answers: 'What to fill in for an activity, and what it will bring.',
    made: 'The form asks what the plan needs and nothing else. What this report brings is tried by the server in the way the ranking is made: for which requirement and window it counts and how many points it adds; where the plan allows, also the new rank.',
    can: 'Fill it in, attach files or links that prove it, and send it. A draft keeps itself on this computer. If no answer comes, send it again: it is not counted twice. What looks like an earlier report is pointed out first.',
  },
  'desk-history': {
    answers: 'What became of the reports: counted, verified, rejected or retracted, by whom and why.',
    made: 'All reports of the year are listed, the latest change first. Below each are the requirements for which it counts and every step it took.',
    can: 'Amend, retract, or appeal against a rejection; you see what it does to the total before you confirm. What is amended has to be verified again, and what is retracted cannot come back. Against what the department recorded you can only appeal.',
  },
  'own-inspection': {
    answers:
      'How to write the self-inspection of the year: own score, shortcomings and remedies of each type.',
    made: 'The system drafts score, shortcomings and remedies of each type from the record; put them into your own words. Beside your score is what the record supports, and large differences are pointed out.',
    can: 'Two people can take turns; the draft is kept on the server. Compare each type before it is submitted, which the head of the unit does; submitting again replaces the earlier one.',
  },
  import: {
    answers:
      'How to bring in many rows by a spreadsheet: activities, and for the department units, targets, incidents and the plan.',
    made: 'A preview says of each row whether it is new, changed, there already or faulty, and in which cell. Nothing is recorded before you confirm. The same sheet sent again does not count twice.',
    can: 'Download a template; upload XLSX or CSV, or paste. Faulty rows can be saved, corrected and sent again. An import can be undone as a whole; a plan only opens as a draft.',
  },
  inbox: {
    answers:
      'What waits for a decision: reports to verify, appeals, quarantined records, and vetoes that need a second person.',
    made: 'The counts are those of the chosen year, and go down with each decision. Late are reports that came more than 30 days after the day they tell of; a possible duplicate has another of the same unit, day and kind with a similar title. A reviewer sees what is theirs to review.',
    can: 'Read the report and its files, verify or reject with a reason; a decision is sent after some seconds, until which it can be undone. Appeals and incidents first show what they do to the ranks. Where there are many, filter and decide in bulk. “Decided” tells of each decision who made it, why, and what it changed in points and ranks.',
  },
  units: {
    answers: 'Which units there are, which are closed, and for which nobody can report yet.',
    made: 'The register follows from the records of registering, changing and closing; each step stays in its history. A unit that is closed by the end of a year is not ranked in that year or later.',
    can: 'Find a unit by name or id, and open it to see its history. The department can register, change, close and merge units, also by a spreadsheet, and sees what that does to the ranks before it is saved.',
  },
  targets: {
    answers: 'Which targets units have, and where one is missing.',
    made: 'The attainment is the mean over the indicators of a unit of the latest value against the target, at most full; where a value may be at most so high, it is full up to the target. For a unit without targets the requirement does not count. A later target for the same indicator replaces the earlier one.',
    can: 'Fill it in like a sheet, or paste a block from Excel; see what it does to the ranks, then save. A target can be replaced, and not deleted.',
  },
  news: {
    answers:
      'What is new: due, overdue, rejected, appeals decided, vetoes, lost places for commendation, falls in rank.',
    made: 'Everybody gets what concerns them, each thing once; it is kept for 90 days. Ranks are compared once a day, as they stand at its end.',
    can: 'Press an item to get to what it is about; look at the unread alone, or mark all as read. On your account page you choose whether they also come by e-mail or into a group chat.',
  },
  deliveries: {
    answers: 'Whether the messages to mailboxes and group chats went out, and why some did not.',
    made: 'Each message is sent at most once by itself. Possibly delivered means that the server stopped at the last byte, or that the other side did not answer: it is not sent again by itself.',
    can: 'Turn mail and chats on or off, and set by how many places a fall in rank is news. What failed or was possibly delivered can be sent once more.',
  },
  'news-confirm': {
    answers: 'Whether messages should come to where you got this link.',
    made: 'Somebody entered this address; the link is good for three days. Until it is confirmed nothing but this link is sent there.',
    can: 'If it was you, press “Confirm”; if not, do nothing.',
  },
  'news-stop': {
    answers: 'Whether messages should no longer come to where you got this link.',
    made: 'It stops them for this address alone; the news page stays as it is. Every letter has such a link, which works without signing in.',
    can: 'Press the button to stop them. You can turn them on again on your account page.',
  },
  access: {
    answers: 'Who can get in, what they may do, and who is signed in now.',
    made: 'Roles add up: reporter or head of a unit, reviewer, leading group, department. A reviewer has the types and kinds that are given to them. Tokens are for programs and are shown once.',
    can: 'Invite people, or print a sheet of invitations for units; change roles, reset a password, disable an account, revoke a token, end a sign-in. Every step is in the audit log.',
  },
  audit: {
    answers: 'Who did what, when, and from where.',
    made: 'The server writes the log; it is only added to, and the latest stands first. Passwords and tokens are not written into it.',
    can: 'Filter by action and day, or look for a name, an address or an id. What is found can be saved as a file.',
  },
  account: {
    answers: 'Who I am, what I may do, and how news reaches me.',
    made: 'What you may do is given by the department. Whoever came by single sign-on changes the password there.',
    can: 'Rename, reorder and delete the views that you saved, and choose the one that opens first. Change your password, which ends your sign-ins elsewhere. Choose where news goes, which, and whether at once or on Monday mornings; an address is confirmed by a link first.',
  },
  'not-found': {
    answers: 'There is no page at this address.',
    made: 'It may be mistyped, or the unit or requirement that it names is not here. No data is harmed.',
    can: 'Check the address, or go back to the beginning and look in the navigation.',
  },
};
