mod booking;
mod faults;
mod guards;
mod halves;
mod medplum;
mod moods;
mod road;
mod visits;
