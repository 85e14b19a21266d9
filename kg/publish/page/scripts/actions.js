/* What any part of the page may ask for; main.js fills it in.
   change(patch, {push, from}): a new state, with all that follows from it
   choose(thing, {role, move, scroll, view}): a thing, or null for none
   summon(id): a thing that a server has and this page has not yet
   quote(claim): the words of a claim in its article
   forPicture(): have the network ready to be saved as a picture, whatever view is shown
   shownClaims(): the claims that the view shows
   resized(): the stage has another size now
   bringIn(things): draw what these things take part in */
export const act = {};
