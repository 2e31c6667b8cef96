import {line, type Line} from './script.js';

const RELEASE_NOTES = `Draft of the release notes:

1. Messages survive a lost connection
2. Typing indicator in groups
3. Dark mode follows the system

Anything missing?`;

const LONG_STORY = `So, the whole story from the beginning, because it will come up again. The customer's office has one router for forty people, and it drops every idle connection after ninety seconds without telling either side. The laptops believe that they are online, the server believes that they are online, and nothing arrives. Our old client waited two minutes before it even asked. They saw messages come in bursts and called it "the slow chat".

What helped was to ask earlier and to believe the answer: a ping after fifteen quiet seconds, eight seconds to reply, and then a new connection without discussion. After that we fetch what was missed before we show anything live. Since Tuesday there has not been a single complaint. I would still like a proper test for it that pulls the plug for real, not one that only pretends.`;

const STACK = `connection_established {socket_id: "81273.4471"}
subscribe private-user.2
subscription_succeeded
… 94 s of nothing …
close 1006`;

/** Monday: a plan, and the first trouble. */
const monday: readonly Line[] = [
  line(0, 0, 'Salom, Vali! Are you in the office already?'),
  line(1, 2, 'Salom! On the metro, 15 minutes.'),
  line(0, 0, '👍'),
  line(0, 1, 'I reserved the small room for 09:30.'),
  line(1, 21, 'Here now. Coffee first?'),
  line(0, 1, 'Always.'),
  line(1, 0, '☕☕'),
  line(0, 74, 'Good meeting. I wrote the plan down: https://docs.example.com/chat/plan#week-3'),
  line(0, 0, 'Comments are open, please be merciless.'),
  line(1, 18, 'Reading.'),
  line(1, 9, 'Point 4 is too optimistic, the rest is fine.'),
  line(0, 2, 'The migration?', {answers: 1}),
  line(1, 1, 'Yes. Two days, not one. We have eleven million rows and a small window at night.'),
  line(0, 1, 'Agreed, changed.', {edited: true}),
  line(1, 0, '🙏'),
  line(1, 95, 'Do you know why staging is so slow today?'),
  line(0, 3, 'Somebody runs the load test on it.'),
  line(1, 0, 'Somebody?'),
  line(0, 1, 'Me. Sorry. Stopping it.', {reactions: {'😂': [1]}}),
  line(1, 4, 'Much better, thanks.'),
  line(0, 40, 'Lunch?'),
  line(1, 1, 'Plov at the corner, 13:00?'),
  line(0, 0, 'Plov it is 😋'),
  line(1, 130, 'That was too much plov.'),
  line(0, 2, 'There is no such thing.', {answers: 1, reactions: {'💯': [1]}}),
  line(1, 65, 'A customer writes that messages arrive in bursts. Have you seen this before?'),
  line(1, 0, STACK),
  line(0, 6, 'Half-open connection. The router forgets them, and nobody is told.'),
  line(0, 1, 'Ask them how long it is quiet before it breaks.'),
  line(1, 12, 'They say "when we come back from a break".'),
  line(0, 1, 'That fits.'),
  line(1, 35, 'I go home now, see you tomorrow.'),
  line(0, 1, 'Xayr!'),
];

/** Tuesday: the fix. */
const tuesday: readonly Line[] = [
  line(1, 905, 'Good morning! Slept on it. We should ping ourselves and not wait for the server.'),
  line(0, 7, 'Same thought. 15 seconds?'),
  line(1, 1, '15 and 8. More often would keep phones awake.'),
  line(0, 2, 'I will write it today.'),
  line(0, 88, 'First version is on the branch: https://git.example.com/chat/merge_requests/214'),
  line(1, 14, 'Two remarks, nothing serious.'),
  line(1, 0, 'The timer survives `dispose()`, and the test sleeps.'),
  line(0, 5, 'Both true, fixing.', {reactions: {'👀': [1]}}),
  line(0, 22, 'Pushed.'),
  line(1, 8, 'Approved ✅'),
  line(0, 1, '🎉🎉🎉'),
  line(1, 50, 'Привет от Малики, она спрашивает про тёмную тему.'),
  line(0, 3, 'Скажи, что завтра будет готово.', {answers: 1}),
  line(1, 1, 'Передам.'),
  line(0, 44, 'What do we do about right-to-left? Malika has a customer in Dubai.'),
  line(1, 4, 'Logical properties everywhere, then it mostly follows. I test with this one:'),
  line(1, 0, 'مرحبا، هل تصل الرسائل من اليمين إلى اليسار؟ الساعة 14:30 في الموعد.'),
  line(0, 2, 'Looks right here, also the time in it.'),
  line(1, 1, 'Then the header next.'),
  line(0, 60, 'Quick question: do we keep deleted messages?'),
  line(1, 2, 'As an empty place, yes. Otherwise nobody who was offline learns of it.'),
  line(0, 1, 'Makes sense.'),
  line(1, 0, 'I sent this to the wrong person.', {deleted: true}),
  line(1, 1, 'That was the test 😄'),
  line(0, 1, 'Worked.'),
  line(0, 33, RELEASE_NOTES),
  line(1, 11, 'The search! And that drafts are kept.', {answers: 1}),
  line(0, 2, 'Right, both added.'),
  line(1, 70, 'Deploying to the customer tonight at 20:00. Are you around?'),
  line(0, 2, 'Yes, until ten.'),
  line(1, 96, 'Starting.'),
  line(1, 7, 'Done. 0 errors in the log.'),
  line(0, 1, 'Perfect 👏', {reactions: {'❤️': [1]}}),
  line(1, 1, 'Good night!'),
];

/** Wednesday: waiting for news, and small things. */
const wednesday: readonly Line[] = [
  line(0, 665, 'Any news from the customer?'),
  line(1, 3, 'Not yet. No news is good news.'),
  line(0, 58, 'Bugun tushlikdan keyin bo‘shmisan? Sahifani birga ko‘rib chiqsak.'),
  line(1, 2, 'Ha, soat uchda bo‘shman.'),
  line(0, 0, 'Kelishdik 🤝'),
  line(1, 77, 'Do you still have the numbers of the load test?'),
  line(0, 6, '1,000 sockets, 40 messages a second, p95 of 31 ms. Memory flat at 118 MB after an hour.'),
  line(1, 1, 'That is better than I feared.'),
  line(0, 0, 'It was 412 ms before the index.'),
  line(1, 2, 'Which index?', {answers: 1}),
  line(0, 3, '(conversation_id, position). The list was sorted on every read.'),
  line(1, 0, '🤦'),
  line(0, 0, 'I know.'),
  line(1, 64, 'Three o’clock, are you coming?'),
  line(0, 1, 'On my way'),
  line(0, 92, 'Notes from our look at the page:'),
  line(0, 0, '• the jump button hides the last line\n• focus is lost when the dialog closes\n• "1 new messages"'),
  line(1, 5, 'The plural is mine, I fix it.'),
  line(0, 1, 'Then I take the other two.'),
  line(1, 41, 'Plural done. Uzbek has one form, Russian three, Arabic six.'),
  line(0, 2, 'Six?!'),
  line(1, 1, 'Zero, one, two, few, many, other. https://cldr.example.org/plurals?lang=ar&kind=cardinal'),
  line(0, 1, 'I learn something every day.', {reactions: {'👍': [1]}}),
  line(1, 55, 'My mother asks whether you come on Sunday.'),
  line(0, 2, 'With pleasure! What shall I bring?'),
  line(1, 1, 'Only hunger.'),
  line(0, 0, '😂😂'),
];

/** Thursday: the story is told, and it ends well. */
const thursday: readonly Line[] = [
  line(1, 880, 'News! The customer wrote.'),
  line(1, 0, '"Since Tuesday evening everything arrives at once. What did you do?"'),
  line(0, 4, '🥳'),
  line(0, 1, 'What did you answer?', {answers: 2}),
  line(1, 12, LONG_STORY),
  line(0, 9, 'Very well told. Put it into the guide as it is.', {reactions: {'🙏': [1]}}),
  line(1, 1, 'Will do.'),
  line(
    0,
    37,
    'And the test that pulls the plug: I have an idea. A small proxy between client and server that can simply stop forwarding.',
  ),
  line(1, 3, 'So that both sides believe the other is there?'),
  line(0, 0, 'Exactly.'),
  line(1, 1, 'I like it. How long would it take?'),
  line(0, 2, 'Half a day, with cutting and delaying.'),
  line(1, 0, 'Go!'),
  line(0, 240, 'It runs. 50 cuts, longest time until noticed 22.6 s.'),
  line(1, 2, 'Under 25, as promised 💪', {answers: 1, reactions: {'🎉': [0], '💪': [0]}}),
  line(0, 1, 'Now the banner must only say it in a human way.'),
  line(1, 4, 'Nodira is on it, see the design room.'),
  line(0, 0, '👌'),
  line(1, 48, 'Shall we call it a day?'),
  line(0, 1, 'Yes. See you tomorrow, and thank you for this week.'),
  line(1, 1, 'Thank you! Xayrli kech 🌙', {reactions: {'❤️': [0]}}),
];

/** What Ali (0) and Vali (1) have written to each other over four days. */
export const aliAndVali: readonly Line[] = [...monday, ...tuesday, ...wednesday, ...thursday];
