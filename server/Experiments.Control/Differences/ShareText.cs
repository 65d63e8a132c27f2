namespace Experiments.Control.Differences;

/// <summary>Parts of the 10,000 buckets in percent.</summary>
internal static class ShareText
{
    public static string Of(int buckets) => $"{buckets / 100m:0.##} %";
}
