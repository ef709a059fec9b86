"""What answers a learner. To see what happens to an answer, read `check` from top to bottom.

In reading order, each with the ones it imports *below* it:

    exercise    what a notebook calls: check, hint, solution
    ours        what the lesson goes on with: the learner's answer, or ours
    progress    remembers on this machine which exercises were checked right
    catalogue   finds an exercise by its id
    render      shows what a check found, as HTML and as text
    check       what happens to an answer: run it, compare what came of it, find the mistake
    feedback    what is said about a mistake that nobody foresaw; what error messages mean
    relations   what is true of such a mistake in every case: twice too much, an argument unused
    trials      tries an answer on more than the cases, beside what the solution gives
    run         runs an answer on an exercise's cases and keeps what came of each
    snapshot    sees any object as plain data that can be compared and put into words
    sandbox     undoes what an answer does to the notebook, and stops it when it never ends
    stub        reads code without running it: is it still the stub?
    model       the classes of the data: exercises, cases, results
    mistakes    a wrong answer next to its words, and concepts that share some

An import never points upwards. (`catalogue` imports a lesson's file when it is first asked for it,
and that one imports `model`, `stub` and `snapshot`.)
"""
