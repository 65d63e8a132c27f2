using System.Globalization;

namespace Experiments.Dashboard.Models;

/// <summary>Sizes as people say them. MB are 1,000,000 bytes.</summary>
internal static class SizeWords
{
    private const double Kilo = 1000;
    private static readonly string[] s_units = ["kB", "MB", "GB", "TB"];

    public static string Of(long bytes)
    {
        double size = bytes / Kilo;
        int unit = 0;
        while (size >= Kilo && unit < s_units.Length - 1)
        {
            size /= Kilo;
            unit++;
        }

        return size.ToString(size < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + s_units[unit];
    }
}
