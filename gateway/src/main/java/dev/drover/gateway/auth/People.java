package dev.drover.gateway.auth;

import dev.drover.v1.AccessLevel;
import dev.drover.v1.ServiceAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The service accounts as they are at one moment, and which of them are one human.
 *
 * @param accounts by name
 * @param known whether they were looked at; else everybody is taken as they were when they spoke
 */
public record People(Map<String, ServiceAccount> accounts, boolean known) {
    /** Nobody was looked at. */
    public static final People UNKNOWN = new People(Map.of(), false);

    private static final String ACCOUNTS = "serviceAccounts/";
    private static final String GROUP = "group:";

    public People {
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    }

    /** These. */
    public static People of(Collection<ServiceAccount> accounts) {
        Map<String, ServiceAccount> byName = new LinkedHashMap<>();
        accounts.forEach(account -> byName.put(account.getName(), account));
        return new People(byName, true);
    }

    /**
     * A group as principals carry it: owners are written {@code group:NAME}, and some write groups
     * alike.
     */
    public static String groupName(String group) {
        return group.startsWith(GROUP) ? group.substring(GROUP.length()) : group;
    }

    /** Who is behind an account; the same text for all accounts of one human. */
    public String human(String account) {
        return Optional.ofNullable(accounts.get(account))
                .map(ServiceAccount::getPerson)
                .map(String::strip)
                .filter(person -> !person.isEmpty())
                .map(person -> "person " + person.toLowerCase(Locale.ROOT))
                .orElse(account);
    }

    /** Whether one human is behind both; nobody is behind an empty name. */
    public boolean same(String one, String other) {
        return !one.isEmpty() && human(one).equals(human(other));
    }

    /** Why an account can decide nothing any more; empty: it can. */
    public Optional<String> hindrance(String account) {
        if (!known || !account.startsWith(ACCOUNTS)) {
            return Optional.empty();
        }
        ServiceAccount present = accounts.get(account);
        if (present == null) {
            return Optional.of("the account was deleted");
        }
        if (present.getDisabled()) {
            return Optional.of("the account is disabled");
        }
        return present.getAccessLevel().getNumber() < AccessLevel.OPERATOR_VALUE
                ? Optional.of("the account may only read")
                : Optional.empty();
    }

    /** Whether programs call with the account's tokens. */
    public boolean automation(String account) {
        return Optional.ofNullable(accounts.get(account))
                .map(ServiceAccount::getAutomation)
                .orElse(false);
    }

    /**
     * The groups that an account is in now.
     *
     * @param then those of a caller that is no service account, as the root token's holder: they do
     *     not change
     */
    public Set<String> groups(String account, Collection<String> then) {
        return known && account.startsWith(ACCOUNTS)
                ? Optional.ofNullable(accounts.get(account))
                        .map(present -> Set.copyOf(present.getGroupsList()))
                        .orElse(Set.of())
                : Set.copyOf(then);
    }

    /**
     * Whether an account that is in these groups is asked for.
     *
     * @param groups names of groups, perhaps written {@code group:NAME}
     * @param named accounts; with no groups and no accounts anybody is asked for who is no program
     */
    public boolean asked(
            String account,
            Collection<String> in,
            Collection<String> groups,
            Collection<String> named) {
        if (named.contains(account)) {
            return true;
        }
        if (automation(account)) {
            return false;
        }
        return (groups.isEmpty() && named.isEmpty())
                || groups.stream().map(People::groupName).anyMatch(in::contains);
    }

    /** Accounts that are asked for and can decide, one of each human. */
    public List<String> able(Collection<String> groups, Collection<String> named) {
        List<String> able = new ArrayList<>();
        Set<String> humans = new LinkedHashSet<>();
        for (ServiceAccount account : accounts.values()) {
            String name = account.getName();
            if (hindrance(name).isEmpty()
                    && asked(name, account.getGroupsList(), groups, named)
                    && humans.add(human(name))) {
                able.add(name);
            }
        }
        return able;
    }
}
