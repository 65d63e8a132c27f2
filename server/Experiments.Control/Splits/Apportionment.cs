using System.Diagnostics;

namespace Experiments.Control.Splits;

/// <summary>How many buckets each of several weights gets: shares rounded to whole numbers with a given sum.</summary>
internal static class Apportionment
{
    private static readonly IComparer<Claim> ByPriority = Comparer<Claim>.Create(Claim.Order);

    /// <summary>
    /// By Sainte-Lague's method, which is Webster's: each next seat goes to the largest weight / (2 * seats so far + 1), and where
    /// several are equal to the first of them. The order in which seats are given does not depend on how many there are, so more seats
    /// never take one back. Some divisor rounds every weight / divisor to its seats; so a share that is at most the average is rounded
    /// to one of the two whole numbers beside it, and a larger one may, rarely, be further off.
    /// </summary>
    /// <param name="weights">Positive. Their order breaks ties, and nothing else.</param>
    /// <param name="seats">How many to give in all.</param>
    /// <returns>Seats by weight; none where there are no weights.</returns>
    public static int[] Webster(ReadOnlySpan<long> weights, int seats)
    {
        int[] given = new int[weights.Length];
        if (weights.IsEmpty)
        {
            return given;
        }

        // At most one seat for each weight is left after the sure ones: n log n steps rather than seats log n.
        int left = seats - GiveSureSeats(weights, seats, given);
        PriorityQueue<int, Claim> next = new(weights.Length, ByPriority);
        for (int i = 0; i < weights.Length; i++)
        {
            next.Enqueue(i, new Claim(weights[i], given[i], i));
        }

        for (; left > 0; left--)
        {
            int first = next.Peek();
            given[first]++;
            next.DequeueEnqueue(first, new Claim(weights[first], given[first], first));
        }

        return given;
    }

    /// <summary>
    /// Gives the seats whose weight / (2 * seats so far + 1) is above total / (2 * seats - n). All of these come before all others. A
    /// weight of share p gets fewer than p * (seats - n/2) + 1/2 of them, so together they are no more than there are; and at least
    /// p * (seats - n/2) - 1/2, so at most n are left.
    /// </summary>
    /// <returns>How many it gave.</returns>
    private static int GiveSureSeats(ReadOnlySpan<long> weights, int seats, Span<int> given)
    {
        Int128 total = 0;
        foreach (long weight in weights)
        {
            Debug.Assert(weight > 0, "Weights are positive.");
            total += weight;
        }

        int sum = 0;
        Int128 scale = (2L * seats) - weights.Length;
        for (int i = 0; i < weights.Length && scale > 0; i++)
        {
            // Seat s is sure where weight * scale > total * (2 s + 1).
            Int128 above = (weights[i] * scale) - total;
            if (above > 0)
            {
                given[i] = (int)((above + (2 * total) - 1) / (2 * total));
                sum += given[i];
            }
        }

        return sum;
    }

    /// <summary>To the next seat. Compared by cross multiplication: a quotient would have to be rounded.</summary>
    private readonly record struct Claim(long Weight, int Seats, int Position)
    {
        /// <summary>Negative where the first one gets its seat first.</summary>
        public static int Order(Claim a, Claim b)
        {
            Int128 ofA = Math.BigMul(a.Weight, (2L * b.Seats) + 1);
            Int128 ofB = Math.BigMul(b.Weight, (2L * a.Seats) + 1);
            int byPriority = ofB.CompareTo(ofA);
            return byPriority != 0 ? byPriority : a.Position.CompareTo(b.Position);
        }
    }
}
