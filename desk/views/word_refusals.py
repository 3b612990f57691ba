"""Words for refusals, and for what went wrong with what was asked of other systems."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP

REFUSAL: Mapping[str, object] = {
    "not_permitted": QT_TRANSLATE_NOOP("words refusal", "Your level may not do this."),
    "no_such_order": QT_TRANSLATE_NOOP("words refusal", "This order is not known here."),
    "no_such_ticket": QT_TRANSLATE_NOOP("words refusal", "This ticket is not known here."),
    "no_such_approval": QT_TRANSLATE_NOOP("words refusal", "This request is not known here."),
    "no_such_effect": QT_TRANSLATE_NOOP("words refusal", "This task is not known here."),
    "ticket_closed": QT_TRANSLATE_NOOP("words refusal", "The ticket is closed. Reopen it first."),
    "ticket_open": QT_TRANSLATE_NOOP("words refusal", "The ticket is still open."),
    "claim_not_held": QT_TRANSLATE_NOOP("words refusal", "You do not hold this ticket; {holder} does."),
    "claimed_by_other": QT_TRANSLATE_NOOP("words refusal", "{holder} holds this ticket."),
    "not_held": QT_TRANSLATE_NOOP("words refusal", "You do not hold this ticket. Claim it first."),
    "reason_missing": QT_TRANSLATE_NOOP("words refusal", "Pick the reason first, then cancel."),
    "review_needed": QT_TRANSLATE_NOOP(
        "words refusal", "A person has to review this one. Look at the order, then cancel as reviewed."
    ),
    "review_not_permitted": QT_TRANSLATE_NOOP("words refusal", "Your level may not review this cancellation."),
    "not_automatic": QT_TRANSLATE_NOOP("words refusal", "The rules do not cancel this by themselves."),
    "amount_changed": QT_TRANSLATE_NOOP(
        "words refusal", "The refund is now {amount:money}, not what was shown. Look again, then cancel."
    ),
    "option_not_permitted": QT_TRANSLATE_NOOP("words refusal", "Your level may not choose this way."),
    "option_not_offered": QT_TRANSLATE_NOOP("words refusal", "This way is not open as things are: {fact:fact}."),
    "check_missing": QT_TRANSLATE_NOOP("words refusal", "Answer the open checks first: {check}."),
    "checks_first": QT_TRANSLATE_NOOP("words refusal", "Answer the required checks first."),
    "order_needed": QT_TRANSLATE_NOOP("words refusal", "This needs an order. Find the order first."),
    "input_missing": QT_TRANSLATE_NOOP("words refusal", "Still missing: {input:input}."),
    "input_wrong": QT_TRANSLATE_NOOP("words refusal", "This cannot be right: {input:input}."),
    "input_unknown": QT_TRANSLATE_NOOP("words refusal", "This was not asked for: {input:input}."),
    "no_surplus": QT_TRANSLATE_NOOP("words refusal", "Nothing was paid beyond what is due, or it went back already."),
    "nothing_left": QT_TRANSLATE_NOOP("words refusal", "There is nothing left of it to give back."),
    "line_reshipped": QT_TRANSLATE_NOOP(
        "words refusal", "These goods are sent again already; they are not paid back too."
    ),
    "line_refunded": QT_TRANSLATE_NOOP(
        "words refusal", "These goods were paid back already; they are not sent again too."
    ),
    "not_received": QT_TRANSLATE_NOOP("words refusal", "Less came in than is due. It cannot be marked as paid."),
    "received_already": QT_TRANSLATE_NOOP("words refusal", "The money is there already. Nobody is asked for it twice."),
    "paid_already": QT_TRANSLATE_NOOP("words refusal", "The order is paid already."),
    "order_not_paid": QT_TRANSLATE_NOOP("words refusal", "The order is not paid."),
    "asked_already": QT_TRANSLATE_NOOP("words refusal", "This was asked already: {kind:effect}."),
    "not_shipped": QT_TRANSLATE_NOOP("words refusal", "Nothing of the order has left yet."),
    "shipped_already": QT_TRANSLATE_NOOP("words refusal", "It has left already. Redirect or stop the parcel instead."),
    "nothing_under_way": QT_TRANSLATE_NOOP("words refusal", "No parcel of it is on its way."),
    "unpaid_received": QT_TRANSLATE_NOOP(
        "words refusal", "A payment came in that the order does not show yet. A person has to look."
    ),
    "task_open": QT_TRANSLATE_NOOP("words refusal", "The other team was asked already and is at it."),
    "unknown_choice": QT_TRANSLATE_NOOP("words refusal", '"{value}" is not offered for {field}.'),
    "already_cancelled": QT_TRANSLATE_NOOP("words refusal", "The order is cancelled already."),
    "after_sales": QT_TRANSLATE_NOOP(
        "words refusal", "The customer has signed for it. This is a case for after-sales."
    ),
    "fresh_shipped": QT_TRANSLATE_NOOP("words refusal", "Fresh goods are on their way and cannot be cancelled."),
    "fresh_late": QT_TRANSLATE_NOOP("words refusal", "Fresh goods past their shipping time cannot be cancelled."),
    "needs_centre": QT_TRANSLATE_NOOP(
        "words refusal", "Only the centre may do this. It works again once you are online."
    ),
    "offline": QT_TRANSLATE_NOOP("words refusal", "The centre cannot be reached. Your work is kept and sent later."),
    "not_reachable": QT_TRANSLATE_NOOP("words refusal", "The centre cannot be reached."),
    "storage": QT_TRANSLATE_NOOP(
        "words refusal",
        "This desk's data cannot be opened. Start Order Desk again; if it stays so, tell the administrator.",
    ),
    "storage_wrong_key": QT_TRANSLATE_NOOP(
        "words refusal",
        "This key does not open this desk's data; nothing was changed. Let somebody who worked here before sign in,"
        " or tell the administrator.",
    ),
    "storage_too_new": QT_TRANSLATE_NOOP(
        "words refusal", "A newer version has worked on this desk's data. Update Order Desk; the data stays as it is."
    ),
    "storage_damaged": QT_TRANSLATE_NOOP(
        "words refusal",
        "This desk's data is damaged. Work at another desk and tell the administrator; what was sent is safe at the"
        " centre.",
    ),
    "storage_disk": QT_TRANSLATE_NOOP(
        "words refusal", "The disk is full or cannot be written: this was not kept. Make room, then do it again."
    ),
    "profile_in_use": QT_TRANSLATE_NOOP(
        "words refusal", "Order Desk is open already for this desk. Go to that window, or close it first."
    ),
    "centre_not_started": QT_TRANSLATE_NOOP(
        "words refusal",
        "The centre on this computer did not start. Start Order Desk again; if it stays so, tell the administrator.",
    ),
    "worker_ended": QT_TRANSLATE_NOOP(
        "words refusal", "A part of the centre has stopped. Your work is kept; tell the administrator to restart it."
    ),
    "no_replica": QT_TRANSLATE_NOOP("words refusal", "This desk is still fetching its first data. Try again soon."),
    "offline_no_lease": QT_TRANSLATE_NOOP(
        "words refusal", "Offline, and no allowance is left here. Give when you are back online."
    ),
    "no_lease": QT_TRANSLATE_NOOP(
        "words refusal", "Offline, and no allowance is left here. Give when you are back online."
    ),
    "not_found": QT_TRANSLATE_NOOP("words refusal", "Nothing found."),
    "throttled": QT_TRANSLATE_NOOP("words refusal", "Too many tries. Wait {retry_after} s."),
    "server_fault": QT_TRANSLATE_NOOP("words refusal", "The centre has a fault. Your work is kept; try again soon."),
    "not_your_name": QT_TRANSLATE_NOOP("words refusal", "This was sent under another person's name."),
    "id_reused": QT_TRANSLATE_NOOP(
        "words refusal", "This act was sent before with other content. It was not done again."
    ),
    "not_authorised": QT_TRANSLATE_NOOP("words refusal", "The centre wants you to sign in again."),
    "busy": QT_TRANSLATE_NOOP("words refusal", "The centre is busy. It is tried again by itself."),
    "redirected": QT_TRANSLATE_NOOP("words refusal", "The centre's address has moved. Tell the administrator."),
    "wrong_password": QT_TRANSLATE_NOOP("words refusal", "Login or password is not right."),
    "wrong_code": QT_TRANSLATE_NOOP(
        "words refusal", "This code is not valid any more. Ask the administrator for a new one."
    ),
    "disabled": QT_TRANSLATE_NOOP("words refusal", "This account is switched off. Ask your administrator."),
    "unknown_here": QT_TRANSLATE_NOOP("words refusal", "Offline, and you have not signed in at this desk before."),
    "password_due": QT_TRANSLATE_NOOP("words refusal", "This is a one-time code. Set a password of your own."),
    "password_same": QT_TRANSLATE_NOOP("words refusal", "This is the password you have. Choose another."),
    "password_changed": QT_TRANSLATE_NOOP(
        "words refusal", "Your password was set anew. Sign in once online with the new one."
    ),
    "code_expired": QT_TRANSLATE_NOOP("words refusal", "This code has run out. Ask your administrator for a new one."),
    "not_yourself": QT_TRANSLATE_NOOP("words refusal", "Change your own password in the menu under your name."),
    "no_such_person": QT_TRANSLATE_NOOP("words refusal", "The centre does not know this person yet. Try again soon."),
    "locked_out": QT_TRANSLATE_NOOP("words refusal", "Too many wrong passwords. Try again later."),
    "grant_expired": QT_TRANSLATE_NOOP("words refusal", "Your offline permission has run out. Sign in online once."),
    "not_enrolled": QT_TRANSLATE_NOOP("words refusal", "This desk is not enrolled yet."),
    "revoked": QT_TRANSLATE_NOOP("words refusal", "This desk was shut out by the administrator."),
    "too_old": QT_TRANSLATE_NOOP(
        "words refusal", "This program is too old for the centre. Update it; your work is kept."
    ),
    "sign_in": QT_TRANSLATE_NOOP("words refusal", "The centre wants you to sign in again."),
    "above_every_level": QT_TRANSLATE_NOOP("words refusal", "{amount:money} is above what any level may approve."),
    "above_paid": QT_TRANSLATE_NOOP("words refusal", "Only {left:money} of what was paid is left to give back."),
    "above_your_cap": QT_TRANSLATE_NOOP("words refusal", "{amount:money} is above what your level may approve."),
    "acts_missing": QT_TRANSLATE_NOOP("words refusal", "Acts of communication are missing. Do them, or write why not."),
    "already_given": QT_TRANSLATE_NOOP("words refusal", "This was given already. It was not given twice."),
    "already_marked": QT_TRANSLATE_NOOP("words refusal", "It is marked already."),
    "already_open": QT_TRANSLATE_NOOP("words refusal", "This order has an open ticket of this kind."),
    "already_paused": QT_TRANSLATE_NOOP("words refusal", "The clocks stand still already."),
    "already_revoked": QT_TRANSLATE_NOOP("words refusal", "This desk is shut out already."),
    "approval_decided": QT_TRANSLATE_NOOP("words refusal", "Somebody has answered this request."),
    "approval_expired": QT_TRANSLATE_NOOP("words refusal", "This request has run out. Ask again."),
    "approval_pending": QT_TRANSLATE_NOOP("words refusal", "A request is still waiting for its answer."),
    "effect_settled": QT_TRANSLATE_NOOP("words refusal", "This was settled meanwhile."),
    "illegal_move": QT_TRANSLATE_NOOP("words refusal", "The case cannot move there from where it is."),
    "last_admin": QT_TRANSLATE_NOOP("words refusal", "The last administrator cannot be taken away."),
    "level_too_low": QT_TRANSLATE_NOOP("words refusal", "This needs a {needed:level}."),
    "login_taken": QT_TRANSLATE_NOOP("words refusal", "This login is taken."),
    "may_have_arrived": QT_TRANSLATE_NOOP(
        "words refusal", "It may have arrived already. Check with the other side first."
    ),
    "money_pending": QT_TRANSLATE_NOOP(
        "words refusal", "Money of this case is still on its way. Wait for it, or hand the case off."
    ),
    "name_missing": QT_TRANSLATE_NOOP("words refusal", "A name in every language is needed."),
    "no_contact": QT_TRANSLATE_NOOP("words refusal", "There is no phone number to send to."),
    "no_level_above": QT_TRANSLATE_NOOP("words refusal", "Nobody above may decide this."),
    "no_rate": QT_TRANSLATE_NOOP("words refusal", "No cost is set for this in {currency}."),
    "no_such_installation": QT_TRANSLATE_NOOP("words refusal", "This desk is not known."),
    "no_such_promise": QT_TRANSLATE_NOOP("words refusal", "This promise is not known."),
    "no_such_store": QT_TRANSLATE_NOOP("words refusal", "This store is not known."),
    "no_such_team": QT_TRANSLATE_NOOP("words refusal", "This team is not known."),
    "no_such_template": QT_TRANSLATE_NOOP("words refusal", "This script is not there any more."),
    "not_claimed": QT_TRANSLATE_NOOP("words refusal", "Claim the ticket first."),
    "not_closed": QT_TRANSLATE_NOOP("words refusal", "The case is not closed yet."),
    "not_due": QT_TRANSLATE_NOOP("words refusal", "It is not due."),
    "not_paused": QT_TRANSLATE_NOOP("words refusal", "The clocks are running."),
    "not_performed": QT_TRANSLATE_NOOP(
        "words refusal", "The other system does not do this by itself. Do it by hand and confirm."
    ),
    "not_resolved": QT_TRANSLATE_NOOP("words refusal", "The case has to reach Resolve before it closes."),
    "not_yet": QT_TRANSLATE_NOOP("words refusal", "Not before {until:time}."),
    "not_your_team": QT_TRANSLATE_NOOP("words refusal", "This belongs to another team."),
    "note_empty": QT_TRANSLATE_NOOP("words refusal", "Write something first."),
    "older_version": QT_TRANSLATE_NOOP("words refusal", "A newer version is known."),
    "order_not_cancelled": QT_TRANSLATE_NOOP(
        "words refusal", "The order is not cancelled, so this cannot be the outcome."
    ),
    "order_number_missing": QT_TRANSLATE_NOOP("words refusal", "Say the order number, or pick the order."),
    "own_request": QT_TRANSLATE_NOOP("words refusal", "Nobody approves their own request."),
    "placeholder_missing": QT_TRANSLATE_NOOP("words refusal", "Fill what is missing: {missing}."),
    "forbidden_words": QT_TRANSLATE_NOOP("words refusal", "Words that put the blame on somebody: {words}."),
    "policy_invalid": QT_TRANSLATE_NOOP("words refusal", "The rules do not fit together ({count})."),
    "policy_moved": QT_TRANSLATE_NOOP("words refusal", "The rules changed meanwhile. Look again."),
    "promise_kept": QT_TRANSLATE_NOOP("words refusal", "This promise is kept."),
    "record_incomplete": QT_TRANSLATE_NOOP("words refusal", "The record is not complete: {missing}."),
    "record_missing": QT_TRANSLATE_NOOP("words refusal", "Write the record first."),
    "reference_required": QT_TRANSLATE_NOOP("words refusal", "A reference is needed."),
    "refund_unclear": QT_TRANSLATE_NOOP(
        "words refusal", "A refund was reported elsewhere. Wait until it is clear what is left."
    ),
    "same_team": QT_TRANSLATE_NOOP("words refusal", "It is with this team already."),
    "superseded": QT_TRANSLATE_NOOP("words refusal", "A newer one took its place."),
    "template_misfit": QT_TRANSLATE_NOOP("words refusal", "This script does not fit the case."),
    "ticket_exists": QT_TRANSLATE_NOOP("words refusal", "This ticket exists already."),
    "too_early": QT_TRANSLATE_NOOP("words refusal", "It is too early for this."),
    "type_missing": QT_TRANSLATE_NOOP("words refusal", "Pick the type first."),
    "nobody_takes_it": QT_TRANSLATE_NOOP("words refusal", "Nobody takes this ticket. See that somebody does."),
    "task_exists": QT_TRANSLATE_NOOP("words refusal", "This was asked already."),
    "no_such_task": QT_TRANSLATE_NOOP("words refusal", "This task is not known here."),
    "task_ended": QT_TRANSLATE_NOOP("words refusal", "This task was answered or taken back meanwhile."),
    "task_taken": QT_TRANSLATE_NOOP("words refusal", "Somebody is at this task already."),
    "reply_empty": QT_TRANSLATE_NOOP("words refusal", "Say why it cannot be done."),
    "due_in_past": QT_TRANSLATE_NOOP("words refusal", "This time is over already."),
    "already_blocked": QT_TRANSLATE_NOOP("words refusal", "This customer is blocked already."),
    "not_blocked": QT_TRANSLATE_NOOP("words refusal", "This customer is not blocked."),
    "words_missing": QT_TRANSLATE_NOOP("words refusal", "Say why in words."),
    "customer_blocked": QT_TRANSLATE_NOOP(
        "words refusal", "This customer is on the block list: a person has to decide."
    ),
    "wrong_customer": QT_TRANSLATE_NOOP("words refusal", "This is not the customer of this ticket."),
    "order": QT_TRANSLATE_NOOP("words refusal", "Above what this order may get."),
    "customer": QT_TRANSLATE_NOOP("words refusal", "Above what this customer may get."),
    "agent_day": QT_TRANSLATE_NOOP("words refusal", "Above what you may give today."),
    "store_day": QT_TRANSLATE_NOOP("words refusal", "Above what the store may give today."),
    "per_grant": QT_TRANSLATE_NOOP("words refusal", "Above your limit per grant."),
    "no_cap": QT_TRANSLATE_NOOP("words refusal", "No cap is set for this currency: it needs approval."),
    "ask_centre": QT_TRANSLATE_NOOP("words refusal", "The centre decides this; the answer comes by itself."),
    "no_order": QT_TRANSLATE_NOOP("words refusal", "There is no order to give for."),
    "signed_out": QT_TRANSLATE_NOOP("words refusal", "Nobody is signed in."),
    "ask_colleague": QT_TRANSLATE_NOOP(
        "words refusal", "Let somebody who signed in at this desk before unlock it first."
    ),
    "not_this_desk": QT_TRANSLATE_NOOP("words refusal", "You may not work at this desk."),
    "seq_reused": QT_TRANSLATE_NOOP("words refusal", "This was sent before in another order. It was not done again."),
    "malformed": QT_TRANSLATE_NOOP("words refusal", "The centre could not read this act. Tell the administrator."),
    "unknown_command": QT_TRANSLATE_NOOP("words refusal", "The centre does not know this act. Update the program."),
    "quarantined": QT_TRANSLATE_NOOP("words refusal", "Put aside by the centre. Tell the administrator."),
    "refused": QT_TRANSLATE_NOOP("words refusal", "Not done."),
    "too_big": QT_TRANSLATE_NOOP("words refusal", "Too much at once."),
    "restored": QT_TRANSLATE_NOOP(
        "words refusal", "The centre was restored from a backup; this desk fetches everything anew."
    ),
    "below_floor": QT_TRANSLATE_NOOP("words refusal", "This desk was away for long and fetches everything anew."),
    "insecure_address": QT_TRANSLATE_NOOP("words refusal", "The centre's address is not safe: https is needed."),
    "bad_body": QT_TRANSLATE_NOOP("words refusal", "The centre could not read this. Tell the administrator."),
    "bad_json": QT_TRANSLATE_NOOP("words refusal", "The centre could not read this. Tell the administrator."),
    "bad_query": QT_TRANSLATE_NOOP("words refusal", "The centre could not read this. Tell the administrator."),
    "bad_request": QT_TRANSLATE_NOOP("words refusal", "The centre could not read this. Tell the administrator."),
    "bad_public_key": QT_TRANSLATE_NOOP("words refusal", "The key of this desk is not valid."),
    "password_too_short": QT_TRANSLATE_NOOP("words refusal", "A password has at least {least} characters."),
    "query_too_short": QT_TRANSLATE_NOOP("words refusal", "Type more digits or letters."),
    "bad_key": QT_TRANSLATE_NOOP("words refusal", "The key is not valid."),
    "no_token": QT_TRANSLATE_NOOP("words refusal", "The centre wants you to sign in again."),
    "sign_in_again": QT_TRANSLATE_NOOP("words refusal", "The centre wants you to sign in again."),
    "wrong_login": QT_TRANSLATE_NOOP("words refusal", "Login or password is not right."),
    "bad_code": QT_TRANSLATE_NOOP(
        "words refusal", "This code is not valid any more. Ask the administrator for a new one."
    ),
    "installation_revoked": QT_TRANSLATE_NOOP("words refusal", "This desk was shut out by the administrator."),
    "key_not_for_this": QT_TRANSLATE_NOOP("words refusal", "This key is not for that."),
    "not_public": QT_TRANSLATE_NOOP("words refusal", "This is not for everybody."),
    "not_revealed": QT_TRANSLATE_NOOP("words refusal", "The contact was not asked for on a ticket."),
    "shut_out": QT_TRANSLATE_NOOP("words refusal", "This account is switched off. Ask your administrator."),
    "erased": QT_TRANSLATE_NOOP("words refusal", "These values were erased."),
    "other_history": QT_TRANSLATE_NOOP(
        "words refusal", "The centre was restored from a backup; this desk fetches everything anew."
    ),
    "too_large": QT_TRANSLATE_NOOP("words refusal", "Too much at once."),
    "stale_schema": QT_TRANSLATE_NOOP(
        "words refusal", "This program is too old for the centre. Update it; your work is kept."
    ),
    "too_many_look_ups": QT_TRANSLATE_NOOP("words refusal", "Too many look-ups. Wait a moment."),
    "too_many_tries": QT_TRANSLATE_NOOP("words refusal", "Too many tries. Wait a moment."),
    "fault": QT_TRANSLATE_NOOP("words refusal", "The centre has a fault. Your work is kept; try again soon."),
    "database": QT_TRANSLATE_NOOP(
        "words refusal", "The centre's database does not answer. It is tried again by itself."
    ),
    "finding_known": QT_TRANSLATE_NOOP("words refusal", "The ticket has this finding already."),
    "no_finding": QT_TRANSLATE_NOOP("words refusal", "Nothing was found on this ticket, or it went away before."),
    "key_reused": QT_TRANSLATE_NOOP("words refusal", "This key was used with other content."),
    "version_reused": QT_TRANSLATE_NOOP("words refusal", "This version was told with other content."),
    "forbidden": QT_TRANSLATE_NOOP("words refusal", "The centre does not allow this."),
    "no_such_call": QT_TRANSLATE_NOOP("words refusal", "The centre does not know this. Update the program."),
    "bad_call": QT_TRANSLATE_NOOP("words refusal", "The centre does not know this. Update the program."),
}
PROBLEM: Mapping[str, object] = {
    "timeout": QT_TRANSLATE_NOOP("words problem", "No answer in time"),
    "declined": QT_TRANSLATE_NOOP("words problem", "Declined"),
    "not_found": QT_TRANSLATE_NOOP("words problem", "Not found there"),
    "by_hand": QT_TRANSLATE_NOOP("words problem", "to be done by hand"),
    "asked_again": QT_TRANSLATE_NOOP("words problem", "asked again"),
    "never_arrived": QT_TRANSLATE_NOOP("words problem", "had not arrived, asked again"),
    "line_broken": QT_TRANSLATE_NOOP("words problem", "line broken, being checked"),
    "not_reachable": QT_TRANSLATE_NOOP("words problem", "not reachable, tried again"),
    "busy": QT_TRANSLATE_NOOP("words problem", "busy, tried again"),
    "not_authorised": QT_TRANSLATE_NOOP("words problem", "not let in"),
    "redirected": QT_TRANSLATE_NOOP("words problem", "address moved"),
    "not_shipped": QT_TRANSLATE_NOOP("words problem", "not shipped"),
    "already_shipped": QT_TRANSLATE_NOOP("words problem", "shipped already"),
    "already_cancelled": QT_TRANSLATE_NOOP("words problem", "cancelled already"),
    "insufficient": QT_TRANSLATE_NOOP("words problem", "not enough left"),
    "time_out": QT_TRANSLATE_NOOP("words problem", "No answer in time"),
    "answer_unreadable": QT_TRANSLATE_NOOP("words problem", "answer not understood, being checked"),
    "no_read_back": QT_TRANSLATE_NOOP("words problem", "cannot be looked up there: ask them"),
    "cannot_ask": QT_TRANSLATE_NOOP("words problem", "something is missing to ask them"),
    "currency_differs": QT_TRANSLATE_NOOP("words problem", "the payment is in another currency"),
    "amount_not_exact": QT_TRANSLATE_NOOP("words problem", "its amount there is not exact"),
}
