package dev.drover.provider.framework;

/**
 * What a plan asked for.
 *
 * @param config as written; the only place where write-only values are
 * @param prior the stored state; null on creation
 * @param planned the state to reach; unknown values are for the handler to fill in
 */
public record Change(Value.Entries config, Value prior, Value.Entries planned) {}
