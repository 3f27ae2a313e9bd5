# What patients read. Ids are content ids of the registry (src/domain/speech); a line whose value is missing is left out.

welcome =
    Welcome to { $clinic }.
    This is the automatic appointment assistant. It gives no medical advice and cannot handle emergencies. Emergency number: { $emergency }
    Here you can book, see, move or cancel appointments.
    For your privacy, please do not write health details here.
    One word is enough at any time: "agent" to talk to a person, "menu" for all options, "stop" to stop messages.
welcome-back = Welcome back to { $clinic }. How can we help?
welcome-language =
    أهلا بك. نرد بالعربية أو الإنجليزية، فأي لغة تناسبك؟
    Welcome. We answer in Arabic or English. Which do you prefer?
language-set = Done. We will go on in English. How can we help?
menu = How can we help?
help =
    You can book, see, move or cancel appointments here. A few words are enough.
    In an emergency: { $emergency }
thanks = You are welcome. We are here when you need us.
id-unknown-team = We could not find this number at { $clinic }. Our team can link it to your file.
id-review = We need a short check with our team before we show appointments here. We have not changed any appointment.
book-service = Which service do you need?
book-by-team = Our team books this service with you directly.
book-slots = These are the nearest free times. Which one suits you?
book-slots-day =
    Free times on { $day }.
    Which one suits you?
book-slots-doctor =
    Free times with { $doctor }.
    Which one suits you?
book-days = Which day suits you?
book-doctors = Who would you like to see?
book-confirm-details =
    Shall we book this time for you?
    For: { $person }
    When: { $day }, { $time }
    With: { $doctor }
    Where: { $place }
    Nothing is booked yet.
book-confirm-time =
    Shall we book this time for you?
    For: { $person }
    When: { $day }, { $time }
    Nothing is booked yet.
book-confirm-neutral =
    Shall we book the time you chose?
    Nothing is booked yet.
booked-details =
    Your appointment is booked.
    For: { $person }
    When: { $day }, { $time }
    With: { $doctor }
    Where: { $place }
    We look forward to seeing you.
booked-time =
    Your appointment is booked.
    For: { $person }
    When: { $day }, { $time }
    We look forward to seeing you.
booked-neutral =
    Your appointment is booked.
    The details are in your portal.
    We look forward to seeing you.
pending =
    We have your request. It is not confirmed yet because the appointment system is slow.
    We will write here when we know. No need to ask again.
book-not-done = The booking did not go through, and no new appointment was made. Shall we try again?
book-taken =
    That time is no longer free, and nothing was booked.
    These are the nearest free times. Which one suits you?
book-none =
    There are no free times until { $day }.
    Our team can help you find one.
book-limit = You have reached the number of appointments that can be booked here. Our team can help you with more.
book-too-soon = That time is too close to book here. Our team may find a way.
ehr-slow =
    The appointment system is slow right now. We have not changed anything.
    Shall we try again in a moment?
ehr-down =
    The appointment system is down right now. We have not changed anything.
    You can try later or talk to our team.
mine-none = You have no appointments coming up.
mine-details =
    This is your appointment.
    For: { $person }
    When: { $day }, { $time }
    With: { $doctor }
    Where: { $place }
mine-time =
    This is your appointment.
    For: { $person }
    When: { $day }, { $time }
mine-neutral = You have an appointment coming up at { $clinic }. The details are in your portal.
mine-list = You have { $appointments }. Which one shall we show?
which = Which appointment do you mean?
appt-past = The time of this appointment has passed. You can book a new one, or our team can help.
appt-too-late = This appointment is too close to be moved or cancelled here. Our team can help you.
move-slots =
    Which new time suits you?
    You keep your present appointment until the new one is confirmed.
move-confirm-details =
    Shall we move your appointment to this time?
    Now: { $old-day }, { $old-time }
    New: { $day }, { $time }
    With: { $doctor }
    Where: { $place }
    Nothing has changed yet.
move-confirm-time =
    Shall we move your appointment to this time?
    Now: { $old-day }, { $old-time }
    New: { $day }, { $time }
    Nothing has changed yet.
move-confirm-neutral =
    Shall we move your appointment to the time you chose?
    Nothing has changed yet.
moved-details =
    Your appointment has been moved.
    For: { $person }
    New time: { $day }, { $time }
    With: { $doctor }
    Where: { $place }
    We look forward to seeing you.
moved-time =
    Your appointment has been moved.
    For: { $person }
    New time: { $day }, { $time }
    We look forward to seeing you.
moved-neutral =
    Your appointment has been moved.
    The details are in your portal.
    We look forward to seeing you.
move-taken =
    That time is no longer free. Your present appointment has not changed.
    These are the nearest free times. Which one suits you?
move-not-done = The change did not go through. Your present appointment has not changed.
move-both = The new time is booked. The old one is not cancelled yet, and our team is taking care of it.
move-none = There are no other free times until { $day }. Your present appointment has not changed.
cancel-confirm-details =
    Shall we cancel this appointment?
    For: { $person }
    When: { $day }, { $time }
    With: { $doctor }
    It is not cancelled yet.
cancel-confirm-time =
    Shall we cancel this appointment?
    For: { $person }
    When: { $day }, { $time }
    It is not cancelled yet.
cancel-confirm-neutral =
    Shall we cancel your next appointment at { $clinic }?
    It is not cancelled yet.
cancelled-details =
    Your appointment is cancelled: { $day }, { $time }
    Thank you for telling us. You can give a reason or book another time if you like.
cancelled-time =
    Your appointment is cancelled: { $day }, { $time }
    Thank you for telling us. You can give a reason or book another time if you like.
cancelled-neutral =
    Your appointment at { $clinic } is cancelled.
    Thank you for telling us. You can give a reason or book another time if you like.
cancel-reason = Thank you, that helps us.
cancel-kept = Your appointment has not changed. We look forward to seeing you.
cancel-not-done = It was not cancelled. Your appointment is still booked.
cancel-already = This appointment was already cancelled. There is nothing more to do.
tap-changed = This appointment has changed since that message, so we did nothing. We can show your appointments as they are now.
tap-expired = That button has expired, so we did nothing. Where shall we start?
tap-forwarded = That button belongs to another chat. To protect privacy it does not work here. How can we help?
tap-done = This was already done.
unknown-first = We did not quite understand. Is it one of these?
unknown-second = Sorry, the assistant does not understand your request. Shall a person from our team help you?
unsure-cancel = Would you like to cancel an appointment or stop our messages?
media-voice =
    The assistant cannot listen to voice notes, and we did not keep yours.
    You can write a few words or use the buttons.
media-file =
    To protect your privacy, we did not open or keep what you sent.
    You can send it safely in your portal.
media-location = We got a location and did not keep it. How can we help?
media-other = The assistant can only read text and buttons. How can we help?
emergency =
    Please call now: { $emergency }
    We cannot handle emergencies here, and a call is faster.
distress =
    We are sorry this is so hard for you. You are not alone.
    If you or someone else is in danger, please call now: { $emergency }
    Support line: { $helpline }
death-told = We are very sorry for your loss. We have stopped messages for this file, and our team will take care of the rest.
not-emergency = Thank you for telling us. How can we help?
person-noted =
    Your request is with our team. They cannot answer in this chat yet.
    Hospital phone: { $phone }
    Hours: { $hours }
person-down = We cannot reach our team because of a fault on our side. Hospital phone: { $phone }
stop-done =
    All messages to this number are stopped.
    Appointments are not cancelled. But reminders and changes will not arrive here.
    To turn messages on again, write: start
stop-already = Messages are already stopped. To turn them on, write: start
start-done = Messages are on. You will get messages about your appointments.
start-already = Messages are already on. How can we help?
changed-time-details =
    Sorry, the time of your appointment at { $clinic } has changed.
    Before: { $old-when }
    Now: { $when }
    With: { $doctor }
    Where: { $place }
    Does the change suit you? You can confirm, move or cancel the appointment.
changed-time-time =
    Sorry, the time of your appointment at { $clinic } has changed.
    Before: { $old-when }
    Now: { $when }
    Does the change suit you? You can confirm, move or cancel the appointment.
changed-time-neutral =
    Sorry, the time of your appointment at { $clinic } has changed.
    The new details are in your portal.
    Does the change suit you? You can confirm, move or cancel the appointment.
cancelled-by-clinic-details =
    We are sorry, we had to cancel your next appointment at { $clinic }.
    It was on: { $when }
    With: { $doctor }
    You can choose a new time now, or our team can help.
cancelled-by-clinic-time =
    We are sorry, we had to cancel your next appointment at { $clinic }.
    It was on: { $when }
    You can choose a new time now, or our team can help.
cancelled-by-clinic-neutral =
    We are sorry, we had to cancel your next appointment at { $clinic }.
    You can choose a new time now, or our team can help.
late-booked-details =
    The appointment you asked for at { $clinic } is booked.
    When: { $when }
    With: { $doctor }
    Where: { $place }
    We are sorry that it took a while.
late-booked-time =
    The appointment you asked for at { $clinic } is booked.
    When: { $when }
    We are sorry that it took a while.
late-booked-neutral =
    The appointment you asked for at { $clinic } is booked.
    The details are in your portal.
    We are sorry that it took a while.
late-moved-details =
    Your appointment at { $clinic } has been moved as you asked.
    New time: { $when }
    With: { $doctor }
    Where: { $place }
    We are sorry that it took a while.
late-moved-time =
    Your appointment at { $clinic } has been moved as you asked.
    New time: { $when }
    We are sorry that it took a while.
late-moved-neutral =
    Your appointment at { $clinic } has been moved as you asked.
    The details are in your portal.
    We are sorry that it took a while.
late-cancelled-details =
    Your appointment at { $clinic } is cancelled as you asked.
    It was on: { $when }
    We are sorry that it took a while.
late-cancelled-time =
    Your appointment at { $clinic } is cancelled as you asked.
    It was on: { $when }
    We are sorry that it took a while.
late-cancelled-neutral =
    Your appointment at { $clinic } is cancelled as you asked.
    We are sorry that it took a while.
booking-not-done = Your last request at { $clinic } did not go through, and no appointment was changed. You can try again or talk to our team.

## Buttons, rows (title and -about), list buttons, sections, footers.

b-book = Book appointment
b-mine = My appointments
b-person = Talk to our team
b-lang-ar = العربية
b-lang-en = English
l-menu = See options
r-book = Book appointment
r-book-about = Choose a service and a time
r-mine = My appointments
r-mine-about = See what is coming up
r-move = Move appointment
r-move-about = Choose another time
r-cancel = Cancel appointment
r-cancel-about = Cancel a booked one
r-person = Talk to our team
r-person-about = A person answers you here
r-language = Language (العربية)
r-language-about = تغيير اللغة إلى العربية
r-stop-all = Stop all messages
b-menu = Menu
l-services = See services
r-services-more = More services
r-services-more-about = The rest of the list
b-other-service = Another service
l-times = See times
r-more = More times
r-more-about = Times after these
r-day = Another day
r-day-about = Choose a day
r-doctors = Other doctors
r-doctors-about = Choose who you see
l-days = See days
r-days-more = More days
r-days-more-about = Days after these
l-doctors = See doctors
r-any-doctor = Any doctor
r-any-doctor-about = Nearest free time
r-doctors-more = More names
r-doctors-more-about = The rest of the doctors
b-confirm = Confirm booking
b-other-time = Another time
b-move = Move appointment
b-cancel = Cancel appointment
b-retry = Try again
l-appts = See appointments
b-keep = Keep appointment
b-move-yes = Confirm new time
b-cancel-yes = Yes, cancel it
l-reasons = Give a reason
r-why-time = The time does not suit
r-why-needless = No longer needed
r-why-elsewhere = Booked elsewhere
r-why-travel = Hard to get there
r-why-cost = Cost or insurance
r-why-skip = Rather not say
b-stop-all = Stop all messages
b-not-emergency = Not an emergency
b-start = Turn messages on
b-rebook = Choose a new time
sec-options = Other options
sec-reasons = Reason (optional)
sec-next = Next step
f-person = To talk to a person, write: agent
f-template = Talk to a person: agent. Stop messages: stop
row-visit = Appointment { $n }
row-visit-about = Details are in your portal
row-doctor = { $doctor }
row-doctor-about = Next free day: { $day }
row-slot = { $time }
row-slot-about = { $day }
row-slot-doctor = { $time }
row-slot-doctor-about = { $day }, { $doctor }
row-appt = { $day }
row-appt-about = { $time }
row-appt-doctor = { $day }
row-appt-doctor-about = { $time }, { $doctor }
row-day = { $day }
row-day-about = { $times }
row-service = { $service }
sec-day = { $day }
