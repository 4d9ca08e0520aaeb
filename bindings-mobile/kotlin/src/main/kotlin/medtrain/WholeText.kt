package medtrain

/** Where half of a character stands in a text, which UTF-8 cannot write; -1 where all are whole. */
internal fun halfIn(text: String): Int {
    var index = 0
    while (index < text.length) {
        val character = text[index++]
        if (character.isHighSurrogate() && index < text.length && text[index].isLowSurrogate()) {
            index++
        } else if (character.isSurrogate()) {
            return index - 1
        }
    }
    return -1
}

/** What is wrong with a text in which half of a character stands. */
internal fun halfOfACharacter(place: String): Problem {
    val cure = "give whole characters: what was cut between the halves of one is no text"
    return Problem(ProblemCode.WRONG_TYPE, place, "expected text, got half of a character", cure)
}

/** A text that goes to the border by itself, if its characters are whole. */
internal fun whole(text: String, place: String): String = whole(text) { place }

/** A file's text, if its characters are whole; what is wrong has its line and column. */
internal fun wholeFile(text: String, name: String): String = whole(text) { half ->
    val line = text.lastIndexOf('\n', half - 1) + 1
    "$name:${text.substring(0, line).count { it == '\n' } + 1}:${text.codePointCount(line, half) + 1}"
}

private inline fun whole(text: String, place: (Int) -> String): String {
    val half = halfIn(text)
    if (half >= 0) throw TrainingException(listOf(halfOfACharacter(place(half))))
    return text
}
