package dev.drover.provider.framework;

import java.util.List;

/** The attributes of a resource, a data source or the provider's own block. */
public final class Schema {
    private final long version;
    private final String description;
    private final List<Attribute> attributes;
    private final Type.ObjectOf type;

    /**
     * @param version of the stored form; raised when stored state needs an upgrade
     * @param description Markdown
     */
    public Schema(long version, String description, List<Attribute> attributes) {
        this.version = version;
        this.description = description;
        this.attributes = List.copyOf(attributes);
        this.type = Attribute.objectOf(attributes);
    }

    public long version() {
        return version;
    }

    public String description() {
        return description;
    }

    public List<Attribute> attributes() {
        return attributes;
    }

    /** The type of a whole value. */
    public Type.ObjectOf type() {
        return type;
    }
}
