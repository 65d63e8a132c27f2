using Experiments.Control.Storage;

namespace Experiments.Control.Api.Requests;

/// <summary>Kinds of resources and actions of the audit log by their names on the wire: in lower case.</summary>
internal static class AuditNames
{
    public static string AllKinds { get; } = All<ResourceKind>();

    public static string AllActions { get; } = All<AuditAction>();

    public static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static ResourceKind ParseKind(string name) => Parse<ResourceKind>("kind", name);

    public static AuditAction ParseAction(string name) => Parse<AuditAction>("action", name);

    private static T Parse<T>(string member, string name)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (NameOf(value) == name)
            {
                return value;
            }
        }

        throw JsonFields.Refuse($"{member} \"{name}\" is unknown; it must be one of {All<T>()}.");
    }

    private static string All<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(NameOf));
}
