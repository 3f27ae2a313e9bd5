# Texts of the public pages. A line break parts what stands large from what stands below it.

page-id-title = Tell us who you are
page-id-intro = We use these details once, to find your file at the hospital. We do not keep them.
page-id-skip = Skip to the form
page-id-name = Full name as in your file
page-id-birth = Date of birth (day, month, year)
page-id-birth-hint = For example 7 3 1990. A Hijri date will do as well, for example 10 8 1410.
page-id-day = Day
page-id-month = Month
page-id-year = Year
page-id-record = Hospital file number
page-id-record-hint = It is on your hospital card or on earlier letters.
page-id-never = We never ask for a bank card number or a password.
page-id-tries = The number of tries is limited. After that, our team helps you on WhatsApp.
page-id-send = Continue
page-id-check =
    Some answers need another look.
    To protect your privacy, nothing you wrote stays on this page. Please fill it in again.
page-id-need-name = Full name: at least two names
page-id-need-birth = Date of birth: day, month and a year of four digits
page-id-need-record = Hospital file number: its digits and letters
page-id-nomatch =
    We could not find a file with these details.
    You can try again, or talk to our team on WhatsApp.
page-id-down =
    The hospital's records do not answer right now.
    Nothing is wrong with your answers. They were not kept, and this try does not count. You can try again in a few minutes, or talk to our team on WhatsApp.
page-id-pace =
    That was too fast.
    You can try again in a minute. Nothing was lost.
page-id-done =
    Done.
    You can close this page and go back to WhatsApp.
page-id-limit =
    To protect your privacy, no more tries are possible here.
    Our team will help you on WhatsApp.
page-id-expired =
    This page has expired.
    You can open it again from the chat.
page-cal-title = Add to calendar
page-cal-down =
    The appointment system is down right now.
    Your appointment has not changed. You can open this link again in a few minutes.
page-cal-summary = Appointment at { $clinic }
