package dev.drover.provider.framework;

import java.util.List;

/**
 * What identifies the objects of a resource, apart from their state. Once shipped it can be changed
 * with a new version only, and never be withdrawn: Terraform keeps it beside the state.
 *
 * @param version of the stored form
 * @param attributes what is REQUIRED has to be given on import
 */
public record Identity(long version, List<Attribute> attributes) {
    public Identity {
        attributes = List.copyOf(attributes);
    }

    /** The type of a whole identity. */
    public Type.ObjectOf type() {
        return Attribute.objectOf(attributes);
    }
}
