using System.Globalization;
using System.Text;

namespace Experiments.Client.Snapshots;

/// <summary>Keys of the objects in a snapshot store: the same in a bucket and, as relative paths, in a directory.</summary>
internal static class SnapshotKeys
{
    public const string RootFolder = "configs";

    public static string Pointer(string environment) => $"{Folder(environment)}/version.json";

    public static string Latest(string environment) => $"{Folder(environment)}/snapshots/latest.json";

    public static string Snapshot(string environment, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(environment)}/snapshots/{version}.json");

    public static string Folder(string environment) => $"{RootFolder}/{Escape(environment)}";

    /// <summary>The UTF-8 of the name with all but <c>A-Za-z0-9-._~</c> as upper-case <c>%XX</c>; the names <c>.</c> and <c>..</c>,
    /// which would be directories, are escaped as well. A lone surrogate is escaped as EF BF BD.</summary>
    public static string Escape(string environment)
    {
        if (environment is "." or "..")
        {
            return environment.Replace(".", "%2E", StringComparison.Ordinal);
        }

        var escaped = new StringBuilder(environment.Length);
        foreach (byte unit in Encoding.UTF8.GetBytes(environment))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                escaped.Append((char)unit);
            }
            else
            {
                escaped.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }
}
