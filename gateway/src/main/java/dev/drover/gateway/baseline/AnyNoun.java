package dev.drover.gateway.baseline;

import com.google.protobuf.Message;

/** The hooks of a noun that is not special at all. */
public final class AnyNoun<M extends Message> implements Hooks<M> {}
