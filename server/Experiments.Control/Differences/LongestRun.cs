namespace Experiments.Control.Differences;

/// <summary>What of a list stayed in order, so that as few elements as possible have to be called moved.</summary>
internal static class LongestRun
{
    /// <summary>For each position, whether its number belongs to one longest increasing subsequence.</summary>
    /// <param name="numbers">Each once.</param>
    public static bool[] Of(ReadOnlySpan<int> numbers)
    {
        // Patience sorting: lasts[k] is the position of the smallest number that ends an increasing run of length k + 1.
        int[] lasts = new int[numbers.Length];
        int[] previous = new int[numbers.Length];
        int length = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            int low = 0;
            int high = length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = numbers[lasts[middle]] < numbers[i] ? (middle + 1, high) : (low, middle);
            }

            previous[i] = low > 0 ? lasts[low - 1] : -1;
            lasts[low] = i;
            length = Math.Max(length, low + 1);
        }

        bool[] belongs = new bool[numbers.Length];
        for (int i = length > 0 ? lasts[length - 1] : -1; i >= 0; i = previous[i])
        {
            belongs[i] = true;
        }

        return belongs;
    }
}
