package medtrain

import java.nio.ByteBuffer

/** Bytes where the library can read them without a copy of its own, until this thread brings the next ones. */
internal fun crossing(bytes: ByteArray): ByteBuffer {
    if (bytes.size > LARGEST) return ByteBuffer.allocateDirect(bytes.size).put(bytes).flip()
    val ready = buffers.get()
    val buffer = if (ready.capacity() >= bytes.size) ready else ByteBuffer.allocateDirect(bytes.size * 2).also(buffers::set)
    return buffer.clear().put(bytes).flip()
}

private val buffers = ThreadLocal.withInitial { ByteBuffer.allocateDirect(16 * 1024) }

/** What a thread keeps at most; more is allocated each time. */
private const val LARGEST = 1024 * 1024
