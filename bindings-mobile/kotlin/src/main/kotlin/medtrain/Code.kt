package medtrain

/** One of a list of codes. */
public interface Code {
    /** The code, as JSON and policies write it. */
    public val code: String
}

/** An object of facts as text: what is given, and of personal data only that it is. */
internal fun shown(name: String, vararg fields: Pair<String, Any?>): String {
    val given = fields.filter { (_, value) -> value != null && value != emptyList<Any>() && value != emptyMap<Any, Any>() }
    return given.joinToString(", ", "$name(", ")") { (field, value) -> "$field=$value" }
}

/** In place of personal data. */
internal fun masked(value: Any?): String? = value?.let { "(masked)" }
