using System.Globalization;

namespace Experiments.Dashboard.Models;

/// <summary>Shares of users as percent.</summary>
internal static class Shares
{
    /// <param name="share">0 to 1.</param>
    public static string Text(decimal share) => (share * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    /// <summary>Reads what a user typed, with or without a percent sign; null where it is no number from 0 to 100 in steps of 0.01.</summary>
    public static decimal? Parse(string? text) =>
        decimal.TryParse(text?.Replace("%", "", StringComparison.Ordinal).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent)
            && percent <= 100 && percent * 100 == decimal.Truncate(percent * 100)
            ? percent / 100
            : null;
}
