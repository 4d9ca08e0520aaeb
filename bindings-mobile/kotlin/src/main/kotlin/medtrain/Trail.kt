package medtrain

/** Where in a value its writer is, and how deep: each [deeper] goes into a record or a list, whose entries have names or places. */
internal class Trail {
    private var depth = 0
    private val names = arrayOfNulls<String>(DEEPEST + 1)
    private val places = IntArray(DEEPEST + 1)

    /** Whether nothing may lie in what stands here. */
    val isDeepest: Boolean get() = depth == DEEPEST

    /** What is wrong with a value that goes on nevertheless. */
    fun tooDeep(): Problem = Problem(ProblemCode.TOO_LARGE, path(), "values lie more than $DEEPEST deep in one another", "give values that end")

    fun deeper() {
        depth++
    }

    fun back() {
        depth--
    }

    fun name(name: String) {
        names[depth] = name
    }

    fun place(index: Int) {
        names[depth] = null
        places[depth] = index
    }

    /** Such as `practitioner.activities[3].credits`. */
    fun path(): String {
        val path = StringBuilder()
        for (level in 1..depth) {
            val name = names[level]
            when {
                name == null -> path.append('[').append(places[level]).append(']')
                path.isEmpty() -> path.append(name)
                else -> path.append('.').append(name)
            }
        }
        return path.toString()
    }
}

/** How deep values may lie in one another, in every language. */
internal const val DEEPEST = 64
