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
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    With: { $doctor }
    Where: { $place }
    Nothing is booked yet.
book-confirm-time =
    Shall we book this time for you?
    For: { $person }
    When: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    Nothing is booked yet.
book-confirm-neutral =
    Shall we book the time you chose?
    Nothing is booked yet.
booked-details =
    Your appointment is booked.
    For: { $person }
    When: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    With: { $doctor }
    Where: { $place }
    We look forward to seeing you.
booked-time =
    Your appointment is booked.
    For: { $person }
    When: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
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
    You can try later or ask our team for a call.
mine-none = You have no appointments coming up.
mine-details =
    This is your appointment.
    { $changed ->
        [yes] The clinic has changed it since our last message.
       *[no] { $changed }
    }
    For: { $person }
    When: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    With: { $doctor }
    Where: { $place }
mine-time =
    This is your appointment.
    { $changed ->
        [yes] The clinic has changed it since our last message.
       *[no] { $changed }
    }
    For: { $person }
    When: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
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
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    With: { $doctor }
    Where: { $place }
    Nothing has changed yet.
move-confirm-time =
    Shall we move your appointment to this time?
    Now: { $old-day }, { $old-time }
    New: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    Nothing has changed yet.
move-confirm-neutral =
    Shall we move your appointment to the time you chose?
    Nothing has changed yet.
moved-details =
    Your appointment has been moved.
    For: { $person }
    New time: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    With: { $doctor }
    Where: { $place }
    We look forward to seeing you.
moved-time =
    Your appointment has been moved.
    For: { $person }
    New time: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
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
media-location = We got a location and did not keep it. Are you looking for our address?
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
unsettled = We could not find out yet whether your last request at { $clinic } went through. Our team is checking and will tell you.
changed-doctor =
    A change to your appointment at { $clinic }. The time stays the same.
    When: { $when }
    You will now see: { $doctor }
    Does this suit you? You can confirm, move or cancel it.
changed-place-details =
    The place of your appointment at { $clinic } has changed. The time has not.
    When: { $when }
    New place: { $place }
    Our team can help if needed.
changed-place-time =
    The place of your appointment at { $clinic } has changed. The time has not.
    When: { $when }
    The new place is in your portal.
    Our team can help if needed.
changed-place-neutral =
    The place of your appointment at { $clinic } has changed. The time has not.
    The new place is in your portal.
    Our team can help if needed.
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
who =
    This number is used for more than one person. Who is this for?
    The order is from oldest to youngest.
id-unknown =
    We could not find this number at { $clinic }.
    You can tell us who you are on a secure page, then we go on here. There is no need to write personal details in the chat.
id-done = This number is now linked to your file. How can we help?
id-nomatch = We could not link this number to a file. Our team can help.
id-changed =
    Your number or WhatsApp account has changed.
    To protect your privacy, please confirm who you are again on a secure page. We have not changed any appointment.
id-again = Thank you. One short step on a secure page, then we go on here.
id-number =
    We cannot see your phone number.
    To find your file at { $clinic }, we need you to share it with the button below.
number-wrong = We are sorry for the trouble. We have stopped messages to this number, and our team will correct the record.
book-service-unsure = Did you mean one of these?
book-none-day =
    There are no free times on { $day }.
    Nearest free time: { $near-day }, { $near-time }
book-closed-day =
    The clinics are closed on { $day }.
    Nearest free time: { $near-day }, { $near-time }
book-have-details =
    You already have an appointment: { $day }, { $time }
    Shall we book another one?
book-have-time =
    You already have an appointment: { $day }, { $time }
    Shall we book another one?
book-have-neutral =
    You already have an appointment.
    Shall we book another one?
book-places = Which place suits you?
attend-details =
    Thank you. Your visit is confirmed.
    When: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    With: { $doctor }
    Where: { $place }
    We look forward to seeing you.
attend-time =
    Thank you. Your visit is confirmed.
    When: { $day }, { $time }
    { $night ->
        [yes] This is in the night between { $near-day } and { $day }.
       *[no] { $night }
    }
    We look forward to seeing you.
attend-neutral =
    Thank you. Your visit is confirmed.
    We look forward to seeing you.
attend-already = Your visit is already confirmed. There is nothing more to do. Thank you.
attend-not-done = Your answer has not reached the appointment system yet. Your appointment is still booked.
late-message = Your message reached us late because of a fault on our side, and we did nothing. Do you still need it?
date-which = Which of these two days do you mean?
date-am-pm = Which of these two times do you mean?
date-night = The evening of which day do you mean?
date-hijri = Do you mean { $hijri }, that is { $day }?
date-past = That time has passed. Which other time suits you?
date-far = Booking is open until { $day }. Which time before that suits you?
flood = We got all your messages. One is enough, or a person from our team can help you.
secret-id =
    To protect you, we never ask for an ID or passport number in the chat, and we did not keep it. It is best to delete your message.
    The secure page is the only place for it.
secret-card =
    To protect you, we never ask for bank card details in the chat, and we did not keep them. It is best to delete your message.
    You can pay only in the portal or at the hospital.
secret-login =
    Your password and codes are only for you. We never ask for them, and we did not keep them.
    It is best to delete your message and change the password in the portal.
health-advice =
    We wish you well. We cannot give medical advice here, but we can book an appointment or ask for a call.
    In an emergency, please call { $emergency }
health-results = For your privacy, we show no health details here. Anything new is in your portal after you sign in.
health-goods = We do not sell medicines or devices in this chat. Our team can answer your questions.
complaint = We are sorry about what happened. We would like a person from our team to talk with you and hear you.
abuse-first = We are sorry that this is upsetting. How can we help now?
abuse-again = We can go on whenever it suits you. A person from our team can help.
call-us = Hospital phone: { $phone }
callback-when = When may we call? We use the number in your file.
callback-number = We cannot see your phone number. To call you, we need you to share it with the button below.
callback-saved =
    Your request for a call is saved.
    When: { $day }, { $part }
callback-off = The call request is cancelled.
info-place = { $clinic }, { $place }
calendar-link =
    Your appointment as a calendar file.
    It holds the time and the place, nothing about your health.
running-late =
    Thank you for telling us. We have told our reception that you will be late.
    If there is not enough time left for the visit, our team will find another time with you.
past = You had { $appointments }. To book with the same service again, pick one.
past-none = We found no earlier appointments.
book-not-here = To book here, { $clinic } needs a file with this number. Our team can help you with it.
message-withheld = Your message arrived without its content because of a fault at WhatsApp, so we could not read it. Please send it again.
mood-worried = We understand that you are worried, and we will help step by step.
mood-hurt =
    We wish you well. We cannot give medical advice here.
    In an emergency, please call { $emergency }
mood-frustrated = We are sorry for the trouble.
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
b-callback = Ask for a call
b-callback-off = Cancel the call
b-take = Take this time
b-day = Another day
b-yes = Yes
b-no = No, thank you
b-attend = I will come
b-its-me = This is my number
b-not-me = Not my number
b-address = Show the address
l-people = Choose person
l-call = Choose a time
l-places = See places
r-call-soon = As soon as possible
r-call-morning = Morning
r-call-morning-about = 8 am to 12 noon
r-call-afternoon = Afternoon
r-call-afternoon-about = 12 noon to 5 pm
r-call-evening = Evening
r-call-evening-about = 5 pm to 9 pm
r-doctor-woman = A woman doctor
r-doctor-woman-about = Only times with women
r-doctor-man = A man doctor
r-doctor-man-about = Only times with men
r-past = Earlier appointments
r-past-about = What has been
r-places = Other places
r-places-about = Choose where
r-any-place = Any place
r-any-place-about = Nearest free time
row-person = { $person }
row-place = { $place }
row-place-about = Next free day: { $day }
row-past = { $day }
row-past-about = { $time }
row-past-neutral = Earlier appointment { $n }
row-past-neutral-about = Details are in your portal
btn-day = { $day }
btn-time = { $time }
btn-service = { $service }
c-portal = Open the portal
c-identify = Open secure page
c-calendar = Add to calendar
f-calendar = For your calendar, write: calendar
