namespace Experiments.Client.Snapshots;

/// <summary>What an environment may be called.</summary>
internal static class EnvironmentNames
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxLength = 64;

    /// <summary>For messages.</summary>
    public const string Rule = "1 to 64 characters, none of them a control character";

    public static bool IsValid(string name) => name.Length is >= 1 and <= MaxLength && !name.Any(char.IsControl);
}
